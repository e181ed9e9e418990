// _Alignof of records in which somebody asked for an alignment: vectors show
// whether gcc still knows it.

typedef int V __attribute__((vector_size(64)));
typedef int I4 __attribute__((aligned(4)));
typedef short H4 __attribute__((aligned(2)));
typedef char C4 __attribute__((aligned(1)));


struct a0 { union { char a; } __attribute__((aligned(2))) u; V v; };

struct b0 { char s[_Alignof(struct a0)], t[__alignof__(struct a0)]; };

struct c0_2 { _Alignas(2) struct a0 m; };

struct c0_8 { _Alignas(8) struct a0 m; };

struct c0_16 { _Alignas(16) struct a0 m; };

struct c0_64 { _Alignas(64) struct a0 m; };

struct a1 { union { int a; } __attribute__((aligned(4))) u; V v; };

struct b1 { char s[_Alignof(struct a1)], t[__alignof__(struct a1)]; };

struct c1_2 { _Alignas(2) struct a1 m; };

struct c1_8 { _Alignas(8) struct a1 m; };

struct c1_16 { _Alignas(16) struct a1 m; };

struct c1_64 { _Alignas(64) struct a1 m; };

struct a2 { union { char a[4]; } __attribute__((aligned(4))) u; V v; };

struct b2 { char s[_Alignof(struct a2)], t[__alignof__(struct a2)]; };

struct c2_2 { _Alignas(2) struct a2 m; };

struct c2_8 { _Alignas(8) struct a2 m; };

struct c2_16 { _Alignas(16) struct a2 m; };

struct c2_64 { _Alignas(64) struct a2 m; };

struct a3 { struct { char a; char b; } __attribute__((aligned(4))) u; V v; };

struct b3 { char s[_Alignof(struct a3)], t[__alignof__(struct a3)]; };

struct c3_2 { _Alignas(2) struct a3 m; };

struct c3_8 { _Alignas(8) struct a3 m; };

struct c3_16 { _Alignas(16) struct a3 m; };

struct c3_64 { _Alignas(64) struct a3 m; };

struct a4 { struct { char a; char b[5]; } __attribute__((aligned(4))) u; V v; };

struct b4 { char s[_Alignof(struct a4)], t[__alignof__(struct a4)]; };

struct c4_2 { _Alignas(2) struct a4 m; };

struct c4_8 { _Alignas(8) struct a4 m; };

struct c4_16 { _Alignas(16) struct a4 m; };

struct c4_64 { _Alignas(64) struct a4 m; };

struct a5 { struct { int a, b; } __attribute__((aligned(4))) u; V v; };

struct b5 { char s[_Alignof(struct a5)], t[__alignof__(struct a5)]; };

struct c5_2 { _Alignas(2) struct a5 m; };

struct c5_8 { _Alignas(8) struct a5 m; };

struct c5_16 { _Alignas(16) struct a5 m; };

struct c5_64 { _Alignas(64) struct a5 m; };

struct a6 { struct { int a, b; } __attribute__((aligned(8))) u; V v; };

struct b6 { char s[_Alignof(struct a6)], t[__alignof__(struct a6)]; };

struct c6_2 { _Alignas(2) struct a6 m; };

struct c6_8 { _Alignas(8) struct a6 m; };

struct c6_16 { _Alignas(16) struct a6 m; };

struct c6_64 { _Alignas(64) struct a6 m; };

struct a7 { struct { char a; } __attribute__((aligned(2))) u[1]; V v; };

struct b7 { char s[_Alignof(struct a7)], t[__alignof__(struct a7)]; };

struct c7_2 { _Alignas(2) struct a7 m; };

struct c7_8 { _Alignas(8) struct a7 m; };

struct c7_16 { _Alignas(16) struct a7 m; };

struct c7_64 { _Alignas(64) struct a7 m; };

struct a8 { struct { char a; } __attribute__((aligned(2))) u[2]; V v; };

struct b8 { char s[_Alignof(struct a8)], t[__alignof__(struct a8)]; };

struct c8_2 { _Alignas(2) struct a8 m; };

struct c8_8 { _Alignas(8) struct a8 m; };

struct c8_16 { _Alignas(16) struct a8 m; };

struct c8_64 { _Alignas(64) struct a8 m; };

struct a9 { struct { char a; } __attribute__((aligned(2))) u[3]; V v; };

struct b9 { char s[_Alignof(struct a9)], t[__alignof__(struct a9)]; };

struct c9_2 { _Alignas(2) struct a9 m; };

struct c9_8 { _Alignas(8) struct a9 m; };

struct c9_16 { _Alignas(16) struct a9 m; };

struct c9_64 { _Alignas(64) struct a9 m; };

struct a10 { struct { float a; } __attribute__((aligned(4))) u; V v; };

struct b10 { char s[_Alignof(struct a10)], t[__alignof__(struct a10)]; };

struct c10_2 { _Alignas(2) struct a10 m; };

struct c10_8 { _Alignas(8) struct a10 m; };

struct c10_16 { _Alignas(16) struct a10 m; };

struct c10_64 { _Alignas(64) struct a10 m; };

struct a11 { struct { double a; } __attribute__((aligned(8))) u; V v; };

struct b11 { char s[_Alignof(struct a11)], t[__alignof__(struct a11)]; };

struct c11_2 { _Alignas(2) struct a11 m; };

struct c11_8 { _Alignas(8) struct a11 m; };

struct c11_16 { _Alignas(16) struct a11 m; };

struct c11_64 { _Alignas(64) struct a11 m; };

struct a12 { struct { char a; } __attribute__((aligned(1))) u; V v; };

struct b12 { char s[_Alignof(struct a12)], t[__alignof__(struct a12)]; };

struct c12_2 { _Alignas(2) struct a12 m; };

struct c12_8 { _Alignas(8) struct a12 m; };

struct c12_16 { _Alignas(16) struct a12 m; };

struct c12_64 { _Alignas(64) struct a12 m; };

struct a13 { struct { char a[16]; } __attribute__((aligned(16))) u; V v; };

struct b13 { char s[_Alignof(struct a13)], t[__alignof__(struct a13)]; };

struct c13_2 { _Alignas(2) struct a13 m; };

struct c13_8 { _Alignas(8) struct a13 m; };

struct c13_16 { _Alignas(16) struct a13 m; };

struct c13_64 { _Alignas(64) struct a13 m; };

struct a14 { struct { char a[16]; } __attribute__((aligned(8))) u; V v; };

struct b14 { char s[_Alignof(struct a14)], t[__alignof__(struct a14)]; };

struct c14_2 { _Alignas(2) struct a14 m; };

struct c14_8 { _Alignas(8) struct a14 m; };

struct c14_16 { _Alignas(16) struct a14 m; };

struct c14_64 { _Alignas(64) struct a14 m; };

struct a15 { I4 u; V v; };

struct b15 { char s[_Alignof(struct a15)], t[__alignof__(struct a15)]; };

struct c15_2 { _Alignas(2) struct a15 m; };

struct c15_8 { _Alignas(8) struct a15 m; };

struct c15_16 { _Alignas(16) struct a15 m; };

struct c15_64 { _Alignas(64) struct a15 m; };

struct a16 { I4 u[2]; V v; };

struct b16 { char s[_Alignof(struct a16)], t[__alignof__(struct a16)]; };

struct c16_2 { _Alignas(2) struct a16 m; };

struct c16_8 { _Alignas(8) struct a16 m; };

struct c16_16 { _Alignas(16) struct a16 m; };

struct c16_64 { _Alignas(64) struct a16 m; };

struct a17 { I4 u[3]; V v; };

struct b17 { char s[_Alignof(struct a17)], t[__alignof__(struct a17)]; };

struct c17_2 { _Alignas(2) struct a17 m; };

struct c17_8 { _Alignas(8) struct a17 m; };

struct c17_16 { _Alignas(16) struct a17 m; };

struct c17_64 { _Alignas(64) struct a17 m; };

struct a18 { I4 u[1]; V v; };

struct b18 { char s[_Alignof(struct a18)], t[__alignof__(struct a18)]; };

struct c18_2 { _Alignas(2) struct a18 m; };

struct c18_8 { _Alignas(8) struct a18 m; };

struct c18_16 { _Alignas(16) struct a18 m; };

struct c18_64 { _Alignas(64) struct a18 m; };

struct a19 { struct { I4 u; } x; V v; };

struct b19 { char s[_Alignof(struct a19)], t[__alignof__(struct a19)]; };

struct c19_2 { _Alignas(2) struct a19 m; };

struct c19_8 { _Alignas(8) struct a19 m; };

struct c19_16 { _Alignas(16) struct a19 m; };

struct c19_64 { _Alignas(64) struct a19 m; };

struct a20 { struct { I4 u[2]; } x; V v; };

struct b20 { char s[_Alignof(struct a20)], t[__alignof__(struct a20)]; };

struct c20_2 { _Alignas(2) struct a20 m; };

struct c20_8 { _Alignas(8) struct a20 m; };

struct c20_16 { _Alignas(16) struct a20 m; };

struct c20_64 { _Alignas(64) struct a20 m; };

struct a21 { C4 u; V v; };

struct b21 { char s[_Alignof(struct a21)], t[__alignof__(struct a21)]; };

struct c21_2 { _Alignas(2) struct a21 m; };

struct c21_8 { _Alignas(8) struct a21 m; };

struct c21_16 { _Alignas(16) struct a21 m; };

struct c21_64 { _Alignas(64) struct a21 m; };

struct a22 { struct { C4 u; } x; V v; };

struct b22 { char s[_Alignof(struct a22)], t[__alignof__(struct a22)]; };

struct c22_2 { _Alignas(2) struct a22 m; };

struct c22_8 { _Alignas(8) struct a22 m; };

struct c22_16 { _Alignas(16) struct a22 m; };

struct c22_64 { _Alignas(64) struct a22 m; };

struct a23 { union __attribute__((packed, aligned(2))) { char a; }; V v; };

struct b23 { char s[_Alignof(struct a23)], t[__alignof__(struct a23)]; };

struct c23_2 { _Alignas(2) struct a23 m; };

struct c23_8 { _Alignas(8) struct a23 m; };

struct c23_16 { _Alignas(16) struct a23 m; };

struct c23_64 { _Alignas(64) struct a23 m; };

struct a24 { char a __attribute__((aligned(2))); V v; };

struct b24 { char s[_Alignof(struct a24)], t[__alignof__(struct a24)]; };

struct c24_2 { _Alignas(2) struct a24 m; };

struct c24_8 { _Alignas(8) struct a24 m; };

struct c24_16 { _Alignas(16) struct a24 m; };

struct c24_64 { _Alignas(64) struct a24 m; };

struct a25 { _Alignas(4) char a; V v; };

struct b25 { char s[_Alignof(struct a25)], t[__alignof__(struct a25)]; };

struct c25_2 { _Alignas(2) struct a25 m; };

struct c25_8 { _Alignas(8) struct a25 m; };

struct c25_16 { _Alignas(16) struct a25 m; };

struct c25_64 { _Alignas(64) struct a25 m; };

struct a26 { struct { float a, b; } __attribute__((aligned(8))) u; V v; };

struct b26 { char s[_Alignof(struct a26)], t[__alignof__(struct a26)]; };

struct c26_2 { _Alignas(2) struct a26 m; };

struct c26_8 { _Alignas(8) struct a26 m; };

struct c26_16 { _Alignas(16) struct a26 m; };

struct c26_64 { _Alignas(64) struct a26 m; };

struct a27 { struct { float a; } __attribute__((aligned(8))) u; V v; };

struct b27 { char s[_Alignof(struct a27)], t[__alignof__(struct a27)]; };

struct c27_2 { _Alignas(2) struct a27 m; };

struct c27_8 { _Alignas(8) struct a27 m; };

struct c27_16 { _Alignas(16) struct a27 m; };

struct c27_64 { _Alignas(64) struct a27 m; };

struct a28 { union { double d; long long l; } __attribute__((aligned(8))) u; V v; };

struct b28 { char s[_Alignof(struct a28)], t[__alignof__(struct a28)]; };

struct c28_2 { _Alignas(2) struct a28 m; };

struct c28_8 { _Alignas(8) struct a28 m; };

struct c28_16 { _Alignas(16) struct a28 m; };

struct c28_64 { _Alignas(64) struct a28 m; };

struct a29 { struct { double d[1]; } __attribute__((aligned(8))) u; V v; };

struct b29 { char s[_Alignof(struct a29)], t[__alignof__(struct a29)]; };

struct c29_2 { _Alignas(2) struct a29 m; };

struct c29_8 { _Alignas(8) struct a29 m; };

struct c29_16 { _Alignas(16) struct a29 m; };

struct c29_64 { _Alignas(64) struct a29 m; };

struct a30 { struct { void *p; } __attribute__((aligned)) u; V v; };

struct b30 { char s[_Alignof(struct a30)], t[__alignof__(struct a30)]; };

struct c30_2 { _Alignas(2) struct a30 m; };

struct c30_8 { _Alignas(8) struct a30 m; };

struct c30_16 { _Alignas(16) struct a30 m; };

struct c30_64 { _Alignas(64) struct a30 m; };

struct a31 { struct { long double d; } __attribute__((aligned)) u; V v; };

struct b31 { char s[_Alignof(struct a31)], t[__alignof__(struct a31)]; };

struct c31_2 { _Alignas(2) struct a31 m; };

struct c31_8 { _Alignas(8) struct a31 m; };

struct c31_16 { _Alignas(16) struct a31 m; };

struct c31_64 { _Alignas(64) struct a31 m; };

struct a32 { struct { _Complex float d; } __attribute__((aligned)) u; V v; };

struct b32 { char s[_Alignof(struct a32)], t[__alignof__(struct a32)]; };

struct c32_2 { _Alignas(2) struct a32 m; };

struct c32_8 { _Alignas(8) struct a32 m; };

struct c32_16 { _Alignas(16) struct a32 m; };

struct c32_64 { _Alignas(64) struct a32 m; };

struct a33 { H4 u : 3; V v; };

struct b33 { char s[_Alignof(struct a33)], t[__alignof__(struct a33)]; };

struct c33_2 { _Alignas(2) struct a33 m; };

struct c33_8 { _Alignas(8) struct a33 m; };

struct c33_16 { _Alignas(16) struct a33 m; };

struct c33_64 { _Alignas(64) struct a33 m; };

struct a34 { I4 u : 32; V v; };

struct b34 { char s[_Alignof(struct a34)], t[__alignof__(struct a34)]; };

struct c34_2 { _Alignas(2) struct a34 m; };

struct c34_8 { _Alignas(8) struct a34 m; };

struct c34_16 { _Alignas(16) struct a34 m; };

struct c34_64 { _Alignas(64) struct a34 m; };

struct a35 { struct { int a : 8; } __attribute__((aligned(4))) u; V v; };

struct b35 { char s[_Alignof(struct a35)], t[__alignof__(struct a35)]; };

struct c35_2 { _Alignas(2) struct a35 m; };

struct c35_8 { _Alignas(8) struct a35 m; };

struct c35_16 { _Alignas(16) struct a35 m; };

struct c35_64 { _Alignas(64) struct a35 m; };

struct a36 { struct { int : 0; } __attribute__((aligned(1))) u; V v; };

struct b36 { char s[_Alignof(struct a36)], t[__alignof__(struct a36)]; };

struct c36_2 { _Alignas(2) struct a36 m; };

struct c36_8 { _Alignas(8) struct a36 m; };

struct c36_16 { _Alignas(16) struct a36 m; };

struct c36_64 { _Alignas(64) struct a36 m; };

struct a37 { struct { } __attribute__((aligned(4))) u; V v; };

struct b37 { char s[_Alignof(struct a37)], t[__alignof__(struct a37)]; };

struct c37_2 { _Alignas(2) struct a37 m; };

struct c37_8 { _Alignas(8) struct a37 m; };

struct c37_16 { _Alignas(16) struct a37 m; };

struct c37_64 { _Alignas(64) struct a37 m; };

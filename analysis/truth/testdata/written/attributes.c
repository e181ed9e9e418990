// Attributes wherever gcc's grammar takes them.

#define A(n) __attribute__((aligned(n)))

#define P __attribute__((packed))

struct a1 { char c; int (A(16) x); };

struct a2 { char c; int (A(16) *x); };

struct a3 { char c; int * A(16) x; };

struct a4 { char c; int A(16) * x; };

struct a5 { char c; int * A(16) * x; };

struct a6 { char c; A(16) int x, y; };

struct a7 { char c; int A(16) x, y; };

struct a8 { char c; int x A(16), y; };

struct a9 { char c; int x, A(16) y, z; };

struct a10 { char c; int (*(A(16) x))(int); };

struct a11 { char c; int (A(32) x)[3]; };

struct a12 { char c; int (A(32) x[3]); };

struct a13 { char c; int x[3] A(32); };

struct a14 { char c; int (* A(16) x)[3]; };

struct a15 { char c; struct { int a; } A(16) x; };

struct a16 { char c; struct { int a; } x A(16); };

struct a17 { char c; struct A(16) { int a; } x; };

struct a18 { char c; A(16) struct { int a; } x; };

struct a19 { char c; A(16) struct { int a; }; };

struct a20 { char c; struct { int a; } A(16); };

struct a21 { char c; struct A(16) { int a; }; };

struct a22 { char c; struct { char d; int a; } P x; int y; };

struct a23 { char c; struct { char d; int a; } x P; int y; };

struct a24 { char c; P struct { char d; int a; } x; int y; };

struct a25 { char c; struct P { char d; int a; } x; int y; };

struct a26 { char c; P int x, y; };

struct a27 { char c; int P x, y; };

struct a28 { char c; int x P, y; };

struct a29 { char c; int x, P y; };

struct a30 { char c; int (P x); };

struct a31 { char c; int x : 5 P, y : 30; };

struct a32 { char c; int x : 5, P y : 30; };

struct a33 { char c; P int x : 5, y : 30; };

struct a34 { char c; int x A(8) : 5; };

struct a35 { char c; int x : 5 A(8); };

struct a36 { char c; A(8) int x : 5, y : 3; };

struct a37 { char c; int x : 5, y : 3 A(8), z : 2; };

struct a38 { char c; int : 0 A(8); char d; };

struct a39 { char c; A(8) int : 5; char d; };

struct a40 { char c; const A(16) int x; };

struct a41 { char c; int const A(16) x; };

struct a42 { char c; A(4) A(16) A(2) int x; };

struct a43 { char c; int x A(4) A(16) A(2); };

struct a44 { char c; __attribute__((aligned(2), packed)) int x; };

struct a45 { char c; __attribute__((packed, aligned(2))) int x; };

struct a46 { char c; int x P A(2); };

struct a47 { char c; int x A(2); };

struct a48 { char c; short x A(1); };

struct a49 { char c; int x __attribute__((packed)) __attribute__((aligned(1))); };

struct a50 { char c; int x __attribute__((aligned(1))) __attribute__((packed)); };

struct a51 { char c; __attribute__(()) int x; };

struct a52 { char c; __attribute__((,)) int x; };

struct a53 { char c; __attribute__((,packed,,)) int x; };

struct a54 { char c; int x __attribute__((unused, aligned (8), deprecated)); };

struct a55 { char c; int x __attribute__((unused)) __attribute__((__packed__)); };

struct a56 { char c; __extension__ long long x A(8); };

struct a57 { char c; __extension__ union { int a; char b; }; };

struct a58 { char c; __extension__ struct { int a; } x A(8), *y; };

typedef int ta1 A(16), ta2;
struct a59 { char c; ta1 x; ta2 y; };

typedef A(16) int tb1, tb2;
struct a60 { char c; tb1 x; tb2 y; };

typedef int A(16) tc1, *tc2;
struct a61 { char c; tc1 x; char d; tc2 y; };

typedef int (A(16) td1);
struct a62 { char c; td1 x; };

typedef int (A(16) *te1), te2;
struct a63 { char c; te1 x; te2 y; };

typedef struct { int a; } A(16) tf1, tf2;
struct a64 { char c; tf1 x; tf2 y; };

typedef struct { int a; } tg1 A(16), tg2;
struct a65 { char c; tg1 x; tg2 y; };

typedef A(16) struct { int a; } th1, th2;
struct a66 { char c; th1 x; th2 y; };

typedef struct A(16) { int a; } ti1, ti2[1], *ti3;
struct a67 { char c; ti1 x; ti2 y; ti3 z; };

typedef struct { char a; int b; } tj1 P;
struct a68 { char c; tj1 x; };

typedef struct P { char a; int b; } tk1;
struct a69 { char c; tk1 x; };

typedef int tl1[4] A(32);
struct a70 { char c; tl1 x; };

typedef int (*tm1)(int) A(16);
struct a71 { char c; tm1 x; };

typedef enum P { tn1 } tn2;
struct a72 { char c; tn2 x; int y; };

typedef enum { to1 } P to2;
struct a73 { char c; to2 x; int y; };

typedef enum { tp1 } tp2 P;
struct a74 { char c; tp2 x; int y; };

typedef enum { tq1 } A(8) tq2;
struct a75 { char c; tq2 x; int y; };

enum A(8) tr { tr1 };
struct a76 { char c; enum tr x; int y; };

enum ts { ts1 } A(8) P;
struct a77 { char c; enum ts x; int y; };

struct a78 { char c; enum { a78_a } P x; int y; };

struct a79 { char c; enum { a79_a } x P; int y; };

struct a80 { char c; enum P { a80_a = 300 } x; int y; };

struct A(16) a81;
struct a81 { char c; int x; };

struct P a82;
struct a82 { char c; int x; };

typedef struct a83 ta83;
struct a83 { char c; int x; } A(16);
struct a84 { char c; ta83 x; };

typedef struct a85 ta85 A(32);
struct a85 { char c; int x; } A(2);
struct a86 { char c; ta85 x; };

struct a87 { char c; int x; } __attribute__((packed)) __attribute__((aligned(4)));

struct a88 { char c; int x; } __attribute__((aligned(4))) __attribute__((packed));

struct a89 { char c; int x; } __attribute__((aligned(2)));

struct a90 { char c; char x; } __attribute__((aligned(2)));

struct a91 { char c; long long x; } __attribute__((packed, aligned));

struct a92 { char c; struct a87 x; short s; };

struct a93 { char c; struct a87 x; short s; } P;

struct a94 { char c; struct a91 x[2]; short s; } P;

union a95 { char c[3]; int x; } P;

union a96 { char c[3]; int x P; };

union a97 { char c[3]; int x; } __attribute__((packed, aligned(2)));

union a98 { struct { char a; int b; } s; char c[6]; } P;

union a99 { struct P { char a; int b; } s; char c[6]; };

struct a100 { char c; _Alignas(8) int x; };

struct a101 { char c; int _Alignas(8) x; };

struct a102 { char c; _Alignas(long long) int x; };

struct a103 { char c; _Alignas(0) int x; };

struct a104 { char c; _Alignas(8) _Alignas(16) _Alignas(4) int x, y; };

struct a105 { char c; _Alignas(16) struct { char a; } x; };

struct a106 { char c; _Alignas(16) char x[3]; } P;

struct a107 { char c; _Alignas(4) int x P; };

struct a108 { char c; [[gnu::aligned(16)]] int x; };

struct a109 { char c; int x [[gnu::aligned(16)]]; };

struct a110 { char c; int x [[gnu::packed]]; };

struct a111 { char c; int x [[gnu::aligned(16)]] [3]; };

struct a114 { char c; int * [[gnu::aligned(16)]] x; };

struct [[gnu::packed]] a115_ { char c; int x; };
struct a115 { char c; struct a115_ x; };

struct a116 { char c; struct [[gnu::aligned(16)]] { char a; } x; };

struct a117 { char c; [[]] int x; [[deprecated("why")]] int y; };

struct a118 { char c; [[gnu::packed, gnu::aligned(2)]] int x; };

struct a119 { char c; int x : 5 [[gnu::packed]]; int y : 30; };

typedef int tu1 [[gnu::aligned(16)]];
struct a120 { char c; tu1 x; };

[[gnu::aligned(16)]] typedef int tv1;
struct a121 { char c; tv1 x; };

struct a122 { char c; void (A(16) *x)(void); void (*y)(void) A(16); };

struct a123 { char c; int (((x))) A(8); };

struct a124 { char c; int ((A(8) (x))); };

struct a125 { char c; int (*(*A(16) x)); };

struct a126 { char c; int (*x A(16)); };

struct a127 { char c; int (* (A(16) x[2])); };

struct a128 { char c; A(2 * sizeof(int)) int x; int y A(sizeof(struct { long long a; })); };

struct a129 { char c; A(__BIGGEST_ALIGNMENT__) char x; };

struct a130 { char c; int x A(1 ? 16 : 2); };

enum { EIGHT = 8, SIXTEEN = EIGHT * 2 };
struct a131 { char c; int x A(SIXTEEN); char y[EIGHT]; };

struct a132 { int a; char b A(1); short s A(2); char d A(4); } P;

struct a133 { char c; int x __attribute__((mode(HI))); };

struct a134 { char c; __attribute__((mode(DI))) int x; };

struct a135 { char c; int __attribute__((mode(QI))) x, y; };

struct a136 { char c; int x __attribute__((mode(DI))) [2]; };

struct a137 { char c; int x __attribute__((vector_size(16))), *y __attribute__((vector_size(16))), z __attribute__((vector_size(16)))[2]; };

struct a138 { char c; int __attribute__((vector_size(8))) x, y; };

struct a139 { char c; __attribute__((vector_size(8))) float x; };

typedef float tw1 __attribute__((vector_size(16), aligned(4)));
struct a140 { char c; tw1 x; };

typedef float tx1 __attribute__((aligned(4), vector_size(16)));
struct a141 { char c; tx1 *x; };

typedef unsigned ty1 __attribute__((mode(TI)));
struct a142 { char c; ty1 x; };

typedef int tz1 __attribute__((__mode__(__word__)));
struct a143 { char c; tz1 x; };

struct a144 { char c; unsigned x : 3 __attribute__((mode(QI))); };

typedef unsigned char tza __attribute__((mode(DI)));
struct a145 { char c; tza x : 33; };

struct a146 { char c; int x; } __attribute__((ms_struct));

struct a147 { char c; char x : 3; int y : 4; short z : 5; } __attribute__((ms_struct));

struct a148 { char c; char x : 3; int : 0; short z : 5; } __attribute__((ms_struct, packed));

struct a149 { char c; char x : 3; int y : 4; short z : 5; } __attribute__((gcc_struct));

enum ea0 { ea0_k } A(8) P;
struct ea0_s { char c; enum ea0 x; };

enum ea1 { ea1_k } P A(8);
struct ea1_s { char c; enum ea1 x; };

enum ea2 { ea2_k } __attribute__((aligned(8),packed));
struct ea2_s { char c; enum ea2 x; };

enum ea3 { ea3_k } __attribute__((packed,aligned(8)));
struct ea3_s { char c; enum ea3 x; };

enum ea4 { ea4_k = 300 } __attribute__((aligned(1), packed));
struct ea4_s { char c; enum ea4 x; };

enum ea5 { ea5_k = 0x100000000 } A(16);
struct ea5_s { char c; enum ea5 x; };

enum ea6 { ea6_k = 0x100000000 } A(4);
struct ea6_s { char c; enum ea6 x; };

enum ea7 { ea7_k } __attribute__((mode(QI)));
struct ea7_s { char c; enum ea7 x; };

enum ea8 { ea8_k } __attribute__((mode(QI), aligned(8)));
struct ea8_s { char c; enum ea8 x; };

enum ea9 { ea9_k } __attribute__((packed, mode(DI)));
struct ea9_s { char c; enum ea9 x; };

typedef float tt0 A(4) __attribute__((vector_size(16)));
struct tt0_s { char c; char s[sizeof(tt0)], a[__alignof__(tt0)]; tt0 *p; };

typedef float tt1 __attribute__((vector_size(16))) A(4);
struct tt1_s { char c; char s[sizeof(tt1)], a[__alignof__(tt1)]; tt1 *p; };

typedef int tt2 __attribute__((mode(DI), aligned(16)));
struct tt2_s { char c; char s[sizeof(tt2)], a[__alignof__(tt2)]; tt2 *p; };

typedef int tt3 __attribute__((mode(DI), aligned(2)));
struct tt3_s { char c; char s[sizeof(tt3)], a[__alignof__(tt3)]; tt3 *p; };

struct an0 { char c; A(16) struct { int a; }; };

struct an1 { char c; P struct { char b; int a; }; };

struct an2 { char c; const struct { char b; int a; } A(16); };

struct an3 { char c; struct { char b; int a; } const A(16); };

struct an4 { char c; struct { char b; int a; } const P; };

struct an5 { char c; A(16) union { int a; }; };

struct an6 { char c; _Alignas(16) struct { int a; }; };

struct an7 { char c; struct { int a; } _Alignas(16); };

struct an8 { char c; struct { int a; } volatile _Alignas(16); };

struct an9 { char c; A(16) const struct { int a; }; };

struct pa1 { char c; int x __attribute__((aligned(2), mode(DI))); };

struct pp1 { char c; int x __attribute__((aligned(2), mode(DI))); } P;

struct pa2 { char c; int x __attribute__((aligned(16), mode(DI))); };

struct pp2 { char c; int x __attribute__((aligned(16), mode(DI))); } P;

struct pa4 { char c; int (A(2) x), (A(32) y), z; };

struct pp4 { char c; int (A(2) x), (A(32) y), z; } P;

struct pa5 { char c; int (A(8) (A(4) x))[2]; };

struct pp5 { char c; int (A(8) (A(4) x))[2]; } P;

struct pa6 { char c; int A(8) (A(4) x) A(2); };

struct pp6 { char c; int A(8) (A(4) x) A(2); } P;

struct pa7 { char c; int (*(A(16) *x)); };

struct pp7 { char c; int (*(A(16) *x)); } P;

struct pa8 { char c; int (A(16) x) : 3; };

struct pp8 { char c; int (A(16) x) : 3; } P;

struct pa9 { char c; int (x) : 3; };

struct pp9 { char c; int (x) : 3; } P;

struct pa10 { char c; int x, (A(8) y) : 3; };

struct pp10 { char c; int x, (A(8) y) : 3; } P;

struct br0 { char c; int x[3] [[gnu::aligned(16)]]; };

struct bp0 { char c; int x[3] [[gnu::aligned(16)]]; } P;

struct br1 { char c; int [[gnu::aligned(16)]] x; };

struct bp1 { char c; int [[gnu::aligned(16)]] x; } P;

struct br2 { char c; int x[2] [[gnu::packed]]; };

struct bp2 { char c; int x[2] [[gnu::packed]]; } P;

struct br3 { char c; int [[gnu::packed]] x; };

struct bp3 { char c; int [[gnu::packed]] x; } P;

struct br4 { char c; int (*x)[3] [[gnu::aligned(16)]]; };

struct bp4 { char c; int (*x)[3] [[gnu::aligned(16)]]; } P;

struct br5 { char c; int (*x)(int) [[gnu::aligned(16)]]; };

struct bp5 { char c; int (*x)(int) [[gnu::aligned(16)]]; } P;

struct br6 { char c; struct { int a; } [[gnu::aligned(16)]] x; };

struct bp6 { char c; struct { int a; } [[gnu::aligned(16)]] x; } P;

struct br7 { char c; struct { char b; int a; } [[gnu::packed]] x; };

struct bp7 { char c; struct { char b; int a; } [[gnu::packed]] x; } P;

struct br8 { char c; unsigned [[gnu::aligned(16)]] long x; };

struct bp8 { char c; unsigned [[gnu::aligned(16)]] long x; } P;

struct br9 { char c; int [[gnu::aligned(2)]] x, y; };

struct bp9 { char c; int [[gnu::aligned(2)]] x, y; } P;

struct br10 { char c; int * [[gnu::aligned(16)]] x, y; };

struct bp10 { char c; int * [[gnu::aligned(16)]] x, y; } P;

struct br11 { char c; int x [[gnu::aligned(16)]], y; };

struct bp11 { char c; int x [[gnu::aligned(16)]], y; } P;

struct br12 { char c; [[gnu::aligned(16)]] int x, y; };

struct bp12 { char c; [[gnu::aligned(16)]] int x, y; } P;

struct br13 { char c; enum { e13 } [[gnu::packed]] x; };

struct bp13 { char c; enum { f13 } [[gnu::packed]] x; } P;

struct br14 { char c; typeof(int) [[gnu::aligned(16)]] x; };

struct bp14 { char c; typeof(int) [[gnu::aligned(16)]] x; } P;

struct br15 { char c; int [[gnu::aligned(16)]] x : 3; };

struct bp15 { char c; int [[gnu::aligned(16)]] x : 3; } P;

enum pe1 { PE1 } P; typedef enum { PE2 } P pe2;

struct pe3 { char c; enum pe1 (A(16) x); };

struct pe4 { char c; enum pe1 (A(16) x[2]); };

struct pe5 { char c; pe2 (A(16) x); };

struct pe6 { char c; enum pe1 x A(16); };

typedef enum pe1 pe7_t A(16), (pe8_t[2]), ((*pe9_t)[3]);
struct pe7 { char c; pe7_t x; pe8_t y; pe9_t z; };

struct pe8 { char c; enum pe1 [[gnu::aligned(16)]] x; };

struct pe9 { char c; enum pe1 * A(16) x; };

struct pe10 { char c; enum { PE10 } A(8) x; };

struct pe11 { char c; enum { PE11 } (A(8) x); };

typedef pe2 (pe12_t[2]); typedef pe12_t (pe13_t); typedef int (pe14_t);
struct pe12 { char c; pe12_t x; pe13_t y; pe14_t z; };

struct fa1 { char c; int (*x[3])(void) [[gnu::aligned(16)]]; };

struct fa2 { char c; int (*x[2])[3] [[gnu::aligned(16)]]; };

struct fa3 { char c; int x[(2)] [[gnu::aligned(16)]]; };

struct ms1 { char a; int b : 1; } __attribute__((gcc_struct)) __attribute__((ms_struct));

struct ms2 { char a; int b : 1; } __attribute__((ms_struct)) __attribute__((gcc_struct));

struct ms3 { char a; int b : 1; } __attribute__((ms_struct, gcc_struct));

struct fa4 { char c; char (x)[2] [[gnu::aligned(16)]]; char ((y))[2] [[gnu::aligned(16)]], (*z)[2] [[gnu::aligned(16)]]; };

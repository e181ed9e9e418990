// Types that stand alone in a record: members with -fms-extensions only.

struct in1 { char a; int b; };

union in2 { short s; long l; };

typedef struct in1 in1_t;

typedef union in2 in2_t;

typedef int in3_t;

struct m1 { char c; struct in1; char d; };

struct m2 { char c; union in2; char d; };

struct m3 { char c; in1_t; char d; };

struct m4 { char c; in2_t; char d; };

struct m5 { char c; struct m5_in { short x; long long y; }; char d; };

struct m6 { char c; struct m6_in; char d; };

struct m7 { char c; enum { M7_A }; char d[M7_A + 1]; };

struct m8 { char c; enum m8_e { M8_A }; enum m8_e d; };

struct m9 { char c; int; char d; };

struct m10 { char c; const struct in1; char d; };

struct m11 { char c; struct in1 __attribute__((aligned(16))); char d; };

struct m12 { char c; struct in1 *; char d; };

struct m13 { char c; struct in1; char d; } __attribute__((packed));

struct m14 { struct in1; };

union m15 { char c[9]; struct in1; };

struct m16 { char c; struct m14; union in2 u; };

struct m17 { char x[__builtin_offsetof(struct m1, d)]; };

struct m18 { char c; in3_t; char d; };

struct m19 { char c; struct { struct in1; char e; }; char d; };

struct m20 { char c; struct in1; int f : 3; };

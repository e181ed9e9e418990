// Arrays, typeof and casts of types that typedefs aligned and qualified.

typedef int const CT __attribute__((aligned(16)));
typedef int U __attribute__((aligned(16)));
typedef const U CU;
typedef struct { char a[20]; } const R __attribute__((aligned(64)));
typedef int AR[4] __attribute__((aligned(8)));
typedef const int ARC[4] __attribute__((aligned(8)));
typedef const AR CAR;
typedef int * const P __attribute__((aligned(32)));
struct SS { int a; } __attribute__((aligned(16)));
typedef const struct SS CSS;
typedef const int M1 __attribute__((aligned(1)));
typedef int M2 __attribute__((aligned(1)));
typedef const M2 M3;
typedef const int MM __attribute__((mode(DI), aligned(1)));
typedef const char VV __attribute__((vector_size(32), aligned(8)));
typedef M1 M4[3];
typedef const __typeof__(M2) M5;
typedef volatile struct { int a; } VS __attribute__((aligned(1)));
typedef struct { int a; } NS __attribute__((aligned(1)));
typedef _Atomic int AI __attribute__((aligned(1)));
enum en { E1 };
typedef const enum en EE __attribute__((aligned(1)));

struct q1 { char c; CT x[4]; };

union q2 { CT x[4]; };

struct q3 { char c; CU x[4]; };

union q4 { CU x[4]; };

struct q5 { char c; R x[2]; };

union q6 { R x[2]; };

struct q7 { char c; AR x[2]; };

union q8 { AR x[2]; };

struct q9 { char c; ARC x[2]; };

union q10 { ARC x[2]; };

struct q11 { char c; CAR x[2]; };

union q12 { CAR x[2]; };

struct q13 { char c; P x[2]; };

union q14 { P x[2]; };

struct q15 { char c; CSS x[2]; };

union q16 { CSS x[2]; };

struct q17 { char c; M1 x[3]; };

union q18 { M1 x[3]; };

struct q19 { char c; M2 x[3]; };

union q20 { M2 x[3]; };

struct q21 { char c; const M2 x[3]; };

union q22 { const M2 x[3]; };

struct q23 { char c; M3 x[3]; };

union q24 { M3 x[3]; };

struct q25 { char c; MM x[2]; };

union q26 { MM x[2]; };

struct q27 { char c; VV x[2]; };

union q28 { VV x[2]; };

struct q29 { char c; M4 x; };

union q30 { M4 x; };

struct q31 { char c; M4 x[2]; };

union q32 { M4 x[2]; };

struct q33 { char c; M5 x[2]; };

union q34 { M5 x[2]; };

struct q35 { char c; __typeof__(M1) x[2]; };

union q36 { __typeof__(M1) x[2]; };

struct q37 { char c; __typeof__(const M2) x[2]; };

union q38 { __typeof__(const M2) x[2]; };

struct q39 { char c; __typeof__(M2 const) x[2]; };

union q40 { __typeof__(M2 const) x[2]; };

struct q41 { char c; __typeof__(const M2 *) x; };

union q42 { __typeof__(const M2 *) x; };

struct q43 { char c; VS x[2]; };

union q44 { VS x[2]; };

struct q45 { char c; NS x[2]; };

union q46 { NS x[2]; };

struct q47 { char c; AI x[2]; };

union q48 { AI x[2]; };

struct q49 { char c; EE x[2]; };

union q50 { EE x[2]; };

struct q51 { char c; __typeof__(*(M1*)0) x; };

union q52 { __typeof__(*(M1*)0) x; };

struct q53 { char c; __typeof__(*(M2*)0) x; };

union q54 { __typeof__(*(M2*)0) x; };

struct q55 { char c; __typeof__(*(const M2*)0) x; };

union q56 { __typeof__(*(const M2*)0) x; };

struct q57 { char c; __typeof__(((M4*)0)[0][0]) x; };

union q58 { __typeof__(((M4*)0)[0][0]) x; };

struct q59 { char c; __typeof__(*(M3*)0) x; };

union q60 { __typeof__(*(M3*)0) x; };

struct q61 { char c; __typeof__(M1[2]) x; };

union q62 { __typeof__(M1[2]) x; };

struct q63 { char c; const M1 x[2]; };

union q64 { const M1 x[2]; };

struct q65 { char c; volatile M3 x[2]; };

union q66 { volatile M3 x[2]; };

struct q67 { char c; const __typeof__(M2) x[2]; };

union q68 { const __typeof__(M2) x[2]; };

struct q69 { char c; M1 *x[2]; };

union q70 { M1 *x[2]; };

struct q71 { char c; __typeof__(((M1(*)(void))0)()) x; };

union q72 { __typeof__(((M1(*)(void))0)()) x; };

struct q73 { char c; __typeof__(((M2(*)(void))0)()) x; };

union q74 { __typeof__(((M2(*)(void))0)()) x; };

struct q75 { char c; __typeof__(*(CT*)0) x; };

union q76 { __typeof__(*(CT*)0) x; };

struct q77 { char c; __typeof__((M1)1) x; };

union q78 { __typeof__((M1)1) x; };

struct q79 { char c; __typeof__((CT)1) x; };

union q80 { __typeof__((CT)1) x; };

struct q81 { char c; __typeof__((U)1) x; };

union q82 { __typeof__((U)1) x; };

struct q83 { char c; __typeof__(*(U*)0) x; };

union q84 { __typeof__(*(U*)0) x; };

struct q85 { char c; CT x[0]; };

union q86 { CT x[0]; };

struct q87 { char c; CT x[]; };

union q88 { char d; CT x[]; };

struct q89 { char c; CT x; };

union q90 { CT x; };

struct q91 { char c; CU x; };

union q92 { CU x; };

struct q93 { char c; R x; };

union q94 { R x; };

struct q95 { char c; AR x; };

union q96 { AR x; };

struct q97 { char c; ARC x; };

union q98 { ARC x; };

struct q99 { char c; CAR x; };

union q100 { CAR x; };

struct q101 { char c; P x; };

union q102 { P x; };

struct q103 { char c; M1 x; };

union q104 { M1 x; };

struct q105 { char c; M3 x; };

union q106 { M3 x; };

struct q107 { char c; AI x; };

union q108 { AI x; };

struct q109 { char c; EE x; };

union q110 { EE x; };

struct q111 { char c; MM x; };

union q112 { MM x; };

struct q113 { char c; VV x; };

union q114 { VV x; };

struct q115 { char c; M1 x : 3; };

union q116 { M1 x : 3; };

struct q117 { char c; CT x : 3; };

union q118 { CT x : 3; };

struct q119 { char c; M4 *x; };

union q120 { M4 *x; };

struct q121 { char c; M1 (*x)[2]; };

union q122 { M1 (*x)[2]; };

struct q123 { char c; M1 x[2][2]; };

union q124 { M1 x[2][2]; };

struct q125 { char c; CT x[2][0]; };

union q126 { CT x[2][0]; };

struct q127 { char c; __typeof__(((struct SS *)0)->a) x; };

union q128 { __typeof__(((struct SS *)0)->a) x; };

struct q129 { char c; __typeof__(*&((struct SS *)0)->a) x; };

union q130 { __typeof__(*&((struct SS *)0)->a) x; };

struct q131 { char c; __typeof__(&((struct SS *)0)->a) x; };

union q132 { __typeof__(&((struct SS *)0)->a) x; };

struct q133 { char c; _Atomic M1 x; };

union q134 { _Atomic M1 x; };

struct q135 { char c; _Atomic(int) x[2]; };

union q136 { _Atomic(int) x[2]; };

struct q137 { char c; _Atomic(M2) x; };

union q138 { _Atomic(M2) x; };

struct q139 { char c; _Atomic long long x[2]; };

union q140 { _Atomic long long x[2]; };

struct q141 { char c; _Atomic struct SS x[2]; };

union q142 { _Atomic struct SS x[2]; };

struct q143 { char c; M1 const x[2]; };

union q144 { M1 const x[2]; };

struct q145 { char c; U volatile x[2]; };

union q146 { U volatile x[2]; };

struct q147 { char c; R const x[2]; };

union q148 { R const x[2]; };

typedef volatile char VA[2] __attribute__((aligned(32)));
struct va1 { char c; const VA x; };

struct va2 { char c; volatile VA x; };

struct va3 { char c; VA x; };

struct va4 { char c; const volatile VA x; };

struct va5 { char c; const VA x[2]; };

struct va6 { char c; __typeof__(const VA) x; };

typedef const VA VB;
struct va7 { char c; VB x; };

typedef const VA VC __attribute__((aligned(16)));
struct va8 { char c; VC x; };

typedef volatile int VD __attribute__((aligned(32)));
struct va9 { char c; const VD x; };

typedef volatile struct { char a; } VE[3] __attribute__((aligned(32)));
struct va10 { char c; const VE x; };

struct va11 { char c; const __typeof__(((struct va3 *)0)->x) x; };

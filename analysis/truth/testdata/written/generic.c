// _Generic and what types are compatible.

struct g1 { char a[_Generic((int)0, int: 3, default: 7)]; };

struct g2 { char a[_Generic(1ul, unsigned long: sizeof(long), long: 2, default: 1)]; };

struct g3 { char a[_Generic((char)1, signed char: 2, char: 3, unsigned char: 4)]; };

struct g4 { __typeof__(_Generic(1, int: (long long)1, default: (char)1)) x; char c; };

struct g5 { char a[_Generic("abc", char *: 3, const char *: 4, default: 5)]; };

struct g6 { char a[_Generic((struct g1 *)0, struct g1 *: 3, struct g2 *: 4)]; };

struct g7 { char a[_Generic((const int)1, int: 3, const int: 4)]; };

struct g8 { char a[_Generic(((const struct { const int x; } *)0)->x, int: 3, const int: 4)]; };

struct g9 { char a[_Generic(1.0f, float: 1, double: 2) + _Generic(1 ? (short)1 : (short)2, int: 4, short: 8)]; };

#define __unqual_scalar_typeof(x) typeof(_Generic((x), char: (char)0, unsigned char: (unsigned char)0, signed char: (signed char)0, default: (x)))

struct g10 { __unqual_scalar_typeof(*(const unsigned char *)0) x; };

struct h1 { char a[__builtin_types_compatible_p(const int *, int *) + 1]; };

struct h2 { char a[__builtin_types_compatible_p(const int, int) + 1]; };

struct h3 { char a[__builtin_types_compatible_p(const int[3], int[3]) + 1]; };

struct h4 { char a[__builtin_types_compatible_p(int *const, int *) + 1]; };

struct h5 { char a[__builtin_types_compatible_p(const int *, const int *) + 1]; };

typedef const int CI;

struct h6 { char a[__builtin_types_compatible_p(CI *, const int *) + 1]; };

struct h7 { char a[__builtin_types_compatible_p(volatile int *, const int *) + 1]; };

struct h8 { char a[__builtin_types_compatible_p(int (*)(const int), int (*)(int)) + 1]; };

struct h9 { char a[__builtin_types_compatible_p(const int(*)[3], int(*)[3]) + 1]; };

struct h10 { char a[_Generic((int(*)(void))0, int(*)(void): 2, default: 1)]; };

int fn(int);

struct h11 { char a[_Generic(fn, int(*)(int): 2, default: 1)]; };

struct h12 { char a[_Generic((struct g1){0}, struct g1: 2, default: 1)]; };

struct h13 { char a[_Generic(((struct g1 *)0)->a, char *: 2, default: 1)]; };

struct h14 { char a[_Generic('a', char: 2, int: 3)]; };

enum hh { HH };

struct h15 { char a[_Generic((enum hh)0, unsigned: 2, int: 3)]; };

struct h16 { char a[_Generic(HH, unsigned: 2, int: 3)]; };

struct h17 { char a[_Generic((enum hh)0, enum hh: 2, default: 3)]; };

struct h18 { char a[_Generic(1 ? (void *)0 : (int *)0, int *: 2, void *: 3)]; };

struct h19 { char a[_Generic((long *)0, int *: 2, default: _Generic(1u, unsigned: 5))]; };

struct h20 { char a[__builtin_choose_expr(_Generic(1, int: 0, default: 1), 5, 6)]; };

struct h21 { char a[sizeof(_Generic(1, int: (struct h20 *)0))]; };

struct h22 { char a[_Generic(sizeof(int), unsigned: 4, unsigned long: 8)]; };

struct h23 { char a[__builtin_types_compatible_p(int[], int[3]) + 1]; };

struct h24 { char a[__builtin_types_compatible_p(typeof("abc"), char[4]) + 1]; };

struct h25 { char a[__builtin_types_compatible_p(typeof(&((struct h24 *)0)->a[0]), typeof(((struct h24 *)0)->a)) + 1]; };


struct i1 { char a[__builtin_types_compatible_p(int (*)(int), _Atomic int (*)(int)) + 1]; };

struct i2 { char a[__builtin_types_compatible_p(int (*)(int), const int (*)(int)) + 1]; };

struct i3 { char a[__builtin_types_compatible_p(int (*)(int), int (*)(_Atomic int)) + 1]; };

struct i4 { char a[__builtin_types_compatible_p(int (*)(int), int (*)(volatile int)) + 1]; };

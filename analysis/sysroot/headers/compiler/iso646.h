#pragma once

#ifndef __cplusplus
#define and &&
#define or ||
#define not !
#define not_eq !=
#define bitand &
#define bitor |
#define xor ^
#define compl ~
#define and_eq &=
#define or_eq |=
#define xor_eq ^=
#endif

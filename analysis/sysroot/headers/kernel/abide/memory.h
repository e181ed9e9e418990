/* Allocation, strings, and copies from and to user space. */
#pragma once

#include <abide/macros.h>

#define GFP_ATOMIC ((gfp_t)0x820)
#define GFP_KERNEL ((gfp_t)0xcc0)
#define GFP_KERNEL_ACCOUNT ((gfp_t)0x400cc0)
#define GFP_NOWAIT ((gfp_t)0x800)
#define GFP_NOIO ((gfp_t)0xc00)
#define GFP_USER ((gfp_t)0x100cc0)
#define GFP_DMA ((gfp_t)0x1)
#define __GFP_ZERO ((gfp_t)0x100)
#define __GFP_NOWARN ((gfp_t)0x2000)

struct kmem_cache;
void *kmalloc(size_t size, gfp_t flags) __malloc;
void *kzalloc(size_t size, gfp_t flags) __malloc;
void *kcalloc(size_t n, size_t size, gfp_t flags) __malloc;
void *kmalloc_array(size_t n, size_t size, gfp_t flags) __malloc;
void *krealloc(const void *p, size_t size, gfp_t flags);
void kfree(const void *p);
void kfree_sensitive(const void *p);
void *kmemdup(const void *src, size_t len, gfp_t flags);
char *kstrdup(const char *s, gfp_t flags);
char *kasprintf(gfp_t flags, const char *format, ...) __printf(2, 3);
void *vmalloc(unsigned long size) __malloc;
void *vzalloc(unsigned long size) __malloc;
void vfree(const void *p);
void *kvmalloc(size_t size, gfp_t flags) __malloc;
void *kvzalloc(size_t size, gfp_t flags) __malloc;
void *kvmalloc_array(size_t n, size_t size, gfp_t flags) __malloc;
void kvfree(const void *p);
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align, slab_flags_t flags, void (*ctor)(void *));
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags);
void kmem_cache_free(struct kmem_cache *cache, void *p);
void kmem_cache_destroy(struct kmem_cache *cache);
struct device;
void *devm_kmalloc(struct device *dev, size_t size, gfp_t flags) __malloc;
void *devm_kzalloc(struct device *dev, size_t size, gfp_t flags) __malloc;
void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t flags) __malloc;

void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *p, int c, size_t n);
void memzero_explicit(void *p, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr_inv(const void *p, int c, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
ssize_t strscpy(char *to, const char *from, size_t n);
ssize_t strscpy_pad(char *to, const char *from, size_t n);
size_t strlcpy(char *to, const char *from, size_t n);
int sprintf(char *to, const char *format, ...) __printf(2, 3);
int snprintf(char *to, size_t n, const char *format, ...) __printf(3, 4);
int scnprintf(char *to, size_t n, const char *format, ...) __printf(3, 4);
int sysfs_emit(char *to, const char *format, ...) __printf(2, 3);
int kstrtoint(const char *s, unsigned int base, int *result);
int kstrtouint(const char *s, unsigned int base, unsigned int *result);

int access_ok(const void __user *p, unsigned long size);
unsigned long __must_check copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long __must_check copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long __must_check __copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long __must_check __copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long __must_check copy_in_user(void __user *to, const void __user *from, unsigned long n);
int __must_check copy_struct_from_user(void *to, size_t size, const void __user *from, size_t user_size);
int __must_check check_zeroed_user(const void __user *from, size_t size);
unsigned long __must_check clear_user(void __user *to, unsigned long n);
long strncpy_from_user(char *to, const char __user *from, long n);
long strnlen_user(const char __user *s, long n);
void *memdup_user(const void __user *from, size_t n);
void *vmemdup_user(const void __user *from, size_t n);
void *memdup_user_nul(const void __user *from, size_t n);
char *strndup_user(const char __user *s, long n);
unsigned long long __abide_fetch(const volatile void __user *p, unsigned long size, int *error);
int __abide_store(volatile void __user *p, unsigned long size, ...);
#define get_user(x, p) \
	({ \
		int __error; \
		(x) = (__typeof__(*(p)))__abide_fetch((p), sizeof(*(p)), &__error); \
		__error; \
	})
#define put_user(x, p) __abide_store((p), sizeof(*(p)), (__typeof__(*(p)))(x))
#define __get_user(x, p) get_user(x, p)
#define __put_user(x, p) put_user(x, p)

/* Locks and waiting: debugging and real-time kernels have larger ones, so none has a size here. */
#pragma once

#include <abide/types.h>

typedef struct raw_spinlock {
	__abide_configured
} raw_spinlock_t;

typedef struct spinlock {
	__abide_configured
} spinlock_t;

typedef struct {
	__abide_configured
} rwlock_t;

struct mutex {
	__abide_configured
	atomic_long_t owner;
	raw_spinlock_t wait_lock;
	struct list_head wait_list;
};

struct rw_semaphore {
	__abide_configured
	atomic_long_t count;
	atomic_long_t owner;
	raw_spinlock_t wait_lock;
	struct list_head wait_list;
};

struct semaphore {
	__abide_configured
	raw_spinlock_t lock;
	unsigned int count;
	struct list_head wait_list;
};

typedef struct wait_queue_head {
	__abide_configured
	spinlock_t lock;
	struct list_head head;
} wait_queue_head_t;

struct completion {
	__abide_configured
	unsigned int done;
	wait_queue_head_t wait;
};

struct timer_list {
	__abide_configured
	struct hlist_node entry;
	unsigned long expires;
	void (*function)(struct timer_list *);
	u32 flags;
};

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);
struct workqueue_struct;

struct work_struct {
	__abide_configured
	atomic_long_t data;
	struct list_head entry;
	work_func_t func;
};

struct delayed_work {
	__abide_configured
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq;
	int cpu;
};

struct hrtimer;
struct tasklet_struct;
struct task_struct;

#define DEFINE_SPINLOCK(name) spinlock_t name
#define DEFINE_MUTEX(name) struct mutex name
#define DEFINE_IDA(name) struct ida name
#define DECLARE_WAIT_QUEUE_HEAD(name) wait_queue_head_t name
#define DECLARE_COMPLETION(name) struct completion name
#define DECLARE_RWSEM(name) struct rw_semaphore name

void mutex_init(struct mutex *lock);
void mutex_destroy(struct mutex *lock);
void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void spin_lock_init(spinlock_t *lock);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_lock_irq(spinlock_t *lock);
void spin_unlock_irq(spinlock_t *lock);
void spin_lock_bh(spinlock_t *lock);
void spin_unlock_bh(spinlock_t *lock);
unsigned long __abide_lock_irqsave(spinlock_t *lock);
#define spin_lock_irqsave(lock, flags) ((flags) = __abide_lock_irqsave(lock))
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
void init_rwsem(struct rw_semaphore *sem);
void down_read(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void init_waitqueue_head(wait_queue_head_t *head);
void wake_up(wait_queue_head_t *head);
void wake_up_interruptible(wait_queue_head_t *head);
void wake_up_all(wait_queue_head_t *head);
int __abide_wait(wait_queue_head_t *head);
#define wait_event(head, condition) ((void)((condition) || __abide_wait(&(head))))
#define wait_event_interruptible(head, condition) ((condition) ? 0 : __abide_wait(&(head)))
#define wait_event_interruptible_timeout(head, condition, timeout) ((condition) ? (long)(timeout) : (long)__abide_wait(&(head)))
void init_completion(struct completion *c);
void reinit_completion(struct completion *c);
void complete(struct completion *c);
void complete_all(struct completion *c);
void wait_for_completion(struct completion *c);
int __must_check wait_for_completion_interruptible(struct completion *c);
unsigned long wait_for_completion_timeout(struct completion *c, unsigned long timeout);
void __abide_init_work(struct work_struct *work, work_func_t func);
#define INIT_WORK(work, func) __abide_init_work((work), (func))
#define INIT_DELAYED_WORK(work, func) __abide_init_work(&(work)->work, (func))
bool schedule_work(struct work_struct *work);
bool schedule_delayed_work(struct delayed_work *work, unsigned long delay);
bool cancel_work_sync(struct work_struct *work);
bool cancel_delayed_work_sync(struct delayed_work *work);

int atomic_read(const atomic_t *v);
void atomic_set(atomic_t *v, int i);
void atomic_inc(atomic_t *v);
void atomic_dec(atomic_t *v);
int atomic_inc_return(atomic_t *v);
bool atomic_dec_and_test(atomic_t *v);
int atomic_cmpxchg(atomic_t *v, int old, int new);
s64 atomic64_read(const atomic64_t *v);
void atomic64_set(atomic64_t *v, s64 i);
s64 atomic64_inc_return(atomic64_t *v);
#define ATOMIC_INIT(i) {(i)}
void kref_init(struct kref *kref);
void kref_get(struct kref *kref);
int kref_put(struct kref *kref, void (*release)(struct kref *kref));
void refcount_set(refcount_t *r, int n);
void refcount_inc(refcount_t *r);
bool refcount_dec_and_test(refcount_t *r);

void INIT_LIST_HEAD(struct list_head *list);
void list_add(struct list_head *item, struct list_head *head);
void list_add_tail(struct list_head *item, struct list_head *head);
void list_del(struct list_head *item);
void list_del_init(struct list_head *item);
int list_empty(const struct list_head *head);

// A driver as people write them: what it includes is what matters here.
#include <linux/cdev.h>
#include <linux/compat.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/ioctl.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/usb.h>

struct sample_args {
	__u32 size;
	__u64 data;
};

#define SAMPLE_GET _IOWR('M', 0, struct sample_args)

struct sample {
	struct miscdevice misc;
	struct mutex lock;
	struct list_head queue;
	DECLARE_BITMAP(used, 64);
};

static long sample_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct sample *s = container_of(file->private_data, struct sample, misc);
	struct sample_args args;

	switch (cmd) {
	case SAMPLE_GET:
		if (copy_from_user(&args, (void __user *)arg, sizeof(args)))
			return -EFAULT;
		mutex_lock(&s->lock);
		pr_info("%u bytes\n", args.size);
		WARN_ON_ONCE(!list_empty(&s->queue));
		mutex_unlock(&s->lock);
		if (put_user(args.size, (__u32 __user *)arg))
			return -EFAULT;
		return 0;
	}
	return -ENOTTY;
}

static const struct file_operations sample_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = sample_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

module_param_named(debug, sample_debug, int, 0644);
MODULE_PARM_DESC(debug, "say more");
MODULE_LICENSE("GPL");

/* Devices, modules and messages. Members are the usual ones, not all of them. */
#pragma once

#include <abide/fs.h>

struct class;
struct bus_type;
struct device_type;
struct device_node;
struct fwnode_handle;
struct attribute_group;
struct resource;
struct clk;
struct dentry;
struct regmap;
struct gpio_desc;
struct pm_message;
struct dev_pm_ops;

struct kobject {
	__abide_configured
	const char *name;
	struct list_head entry;
	struct kobject *parent;
	struct kref kref;
};

struct device {
	__abide_configured
	struct kobject kobj;
	struct device *parent;
	const char *init_name;
	const struct device_type *type;
	const struct bus_type *bus;
	struct device_driver *driver;
	void *platform_data;
	void *driver_data;
	u64 *dma_mask;
	u64 coherent_dma_mask;
	struct device_node *of_node;
	struct fwnode_handle *fwnode;
	dev_t devt;
	u32 id;
	const struct class *class;
	const struct attribute_group **groups;
	void (*release)(struct device *dev);
};

struct of_device_id {
	char name[32];
	char type[32];
	char compatible[128];
	const void *data;
};

struct device_driver {
	__abide_configured
	const char *name;
	const struct bus_type *bus;
	struct module *owner;
	const char *mod_name;
	const struct of_device_id *of_match_table;
	const struct attribute_group **groups;
	const struct dev_pm_ops *pm;
};

struct cdev {
	__abide_configured
	struct kobject kobj;
	struct module *owner;
	const struct file_operations *ops;
	struct list_head list;
	dev_t dev;
	unsigned int count;
};

struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	struct list_head list;
	struct device *parent;
	struct device *this_device;
	const struct attribute_group **groups;
	const char *nodename;
	umode_t mode;
};

struct resource {
	resource_size_t start;
	resource_size_t end;
	const char *name;
	unsigned long flags;
	unsigned long desc;
	struct resource *parent, *sibling, *child;
};

struct platform_device_id {
	__abide_configured
	char name[24];
	unsigned long driver_data;
};

struct platform_device {
	__abide_configured
	const char *name;
	int id;
	bool id_auto;
	struct device dev;
	u64 platform_dma_mask;
	u32 num_resources;
	struct resource *resource;
	const struct platform_device_id *id_entry;
};

struct platform_driver {
	__abide_configured
	int (*probe)(struct platform_device *);
	void (*remove)(struct platform_device *);
	void (*shutdown)(struct platform_device *);
	struct device_driver driver;
	const struct platform_device_id *id_table;
	bool prevent_deferred_probe;
};

struct attribute {
	__abide_configured
	const char *name;
	umode_t mode;
};

struct device_attribute {
	__abide_configured
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf, size_t count);
};

#define MISC_DYNAMIC_MINOR 255

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);
void cdev_init(struct cdev *cdev, const struct file_operations *fops);
struct cdev *cdev_alloc(void);
int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count);
void cdev_del(struct cdev *cdev);
struct class *class_create(const char *name);
void class_destroy(const struct class *class);
struct device *device_create(const struct class *class, struct device *parent, dev_t devt, void *data, const char *format, ...);
void device_destroy(const struct class *class, dev_t devt);
void *dev_get_drvdata(const struct device *dev);
void dev_set_drvdata(struct device *dev, void *data);
void *platform_get_drvdata(const struct platform_device *pdev);
void platform_set_drvdata(struct platform_device *pdev, void *data);
int platform_driver_register(struct platform_driver *driver);
void platform_driver_unregister(struct platform_driver *driver);
struct resource *platform_get_resource(struct platform_device *pdev, unsigned int type, unsigned int num);
int platform_get_irq(struct platform_device *pdev, unsigned int num);
void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index);
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res);

#define IORESOURCE_IO 0x00000100
#define IORESOURCE_MEM 0x00000200
#define IORESOURCE_IRQ 0x00000400

void __iomem *ioremap(phys_addr_t offset, size_t size);
void iounmap(volatile void __iomem *p);
u8 readb(const volatile void __iomem *p);
u16 readw(const volatile void __iomem *p);
u32 readl(const volatile void __iomem *p);
u64 readq(const volatile void __iomem *p);
void writeb(u8 value, volatile void __iomem *p);
void writew(u16 value, volatile void __iomem *p);
void writel(u32 value, volatile void __iomem *p);
void writeq(u64 value, volatile void __iomem *p);
u32 ioread32(const void __iomem *p);
void iowrite32(u32 value, void __iomem *p);
u32 readl_relaxed(const volatile void __iomem *p);
void writel_relaxed(u32 value, volatile void __iomem *p);
void memcpy_fromio(void *to, const volatile void __iomem *from, size_t n);
void memcpy_toio(volatile void __iomem *to, const void *from, size_t n);

void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t flags);
void dma_free_coherent(struct device *dev, size_t size, void *p, dma_addr_t handle);
int dma_set_mask_and_coherent(struct device *dev, u64 mask);
#define DMA_BIT_MASK(n) (((n) == 64) ? ~0ULL : ((1ULL << (n)) - 1))

typedef enum irqreturn {
	IRQ_NONE = 0,
	IRQ_HANDLED = 1,
	IRQ_WAKE_THREAD = 2,
} irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int, void *);
int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name, void *dev);
int devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name, void *id);
const void *free_irq(unsigned int irq, void *dev);
#define IRQF_SHARED 0x00000080

#define KERN_EMERG ""
#define KERN_ALERT ""
#define KERN_CRIT ""
#define KERN_ERR ""
#define KERN_WARNING ""
#define KERN_NOTICE ""
#define KERN_INFO ""
#define KERN_DEBUG ""
#define KERN_CONT ""
#ifndef pr_fmt
#define pr_fmt(format) format
#endif
int printk(const char *format, ...) __printf(1, 2);
#define pr_emerg(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_alert(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_crit(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_err(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_warn(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_notice(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_info(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_debug(format, ...) printk(pr_fmt(format), ##__VA_ARGS__)
#define pr_err_ratelimited pr_err
#define pr_warn_once pr_warn
void dev_err(const struct device *dev, const char *format, ...) __printf(2, 3);
void dev_warn(const struct device *dev, const char *format, ...) __printf(2, 3);
void dev_notice(const struct device *dev, const char *format, ...) __printf(2, 3);
void dev_info(const struct device *dev, const char *format, ...) __printf(2, 3);
void dev_dbg(const struct device *dev, const char *format, ...) __printf(2, 3);
int dev_err_probe(const struct device *dev, int error, const char *format, ...) __printf(3, 4);

#define THIS_MODULE ((struct module *)0)
#define __abide_unique_2(prefix, line) prefix##line
#define __abide_unique_1(prefix, line) __abide_unique_2(prefix, line)
#define __abide_nothing extern int __abide_unique_1(__abide_nothing_, __LINE__)
#define MODULE_LICENSE(x) __abide_nothing
#define MODULE_AUTHOR(x) __abide_nothing
#define MODULE_DESCRIPTION(x) __abide_nothing
#define MODULE_VERSION(x) __abide_nothing
#define MODULE_ALIAS(x) __abide_nothing
#define MODULE_ALIAS_MISCDEV(x) __abide_nothing
#define MODULE_FIRMWARE(x) __abide_nothing
#define MODULE_SOFTDEP(x) __abide_nothing
#define MODULE_IMPORT_NS(x) __abide_nothing
#define MODULE_INFO(tag, info) __abide_nothing
#define MODULE_DEVICE_TABLE(type, name) __abide_nothing
#define MODULE_PARM_DESC(name, text) __abide_nothing
#define module_param(name, type, mode) __abide_nothing
#define module_param_named(name, value, type, mode) __abide_nothing
#define module_param_array(name, type, count, mode) __abide_nothing
#define EXPORT_SYMBOL(name) __abide_nothing
#define EXPORT_SYMBOL_GPL(name) __abide_nothing
#define module_init(f) int init_module(void) __attribute__((__alias__(#f)))
#define module_exit(f) void cleanup_module(void) __attribute__((__alias__(#f)))
#define device_initcall(f) module_init(f)
#define module_platform_driver(driver) __abide_nothing
#define module_misc_device(misc) __abide_nothing
#define builtin_platform_driver(driver) __abide_nothing
#define DEVICE_ATTR(name, mode, show, store) struct device_attribute dev_attr_##name = {{#name, mode}, show, store}
#define DEVICE_ATTR_RO(name) struct device_attribute dev_attr_##name = {{#name, 0444}, name##_show, 0}
#define DEVICE_ATTR_RW(name) struct device_attribute dev_attr_##name = {{#name, 0644}, name##_show, name##_store}
bool try_module_get(struct module *module);
void module_put(struct module *module);

bool capable(int capability);
#define CAP_SYS_ADMIN 21
#define CAP_SYS_RAWIO 17
#define CAP_NET_ADMIN 12

#ifndef HZ
#define HZ 250
#endif
extern unsigned long volatile jiffies;
unsigned long msecs_to_jiffies(unsigned int ms);
unsigned int jiffies_to_msecs(unsigned long j);
void msleep(unsigned int ms);
void udelay(unsigned long us);
void usleep_range(unsigned long low, unsigned long high);
ktime_t ktime_get(void);
u64 ktime_get_ns(void);
s64 ktime_to_ns(ktime_t t);
void ktime_get_ts64(struct timespec64 *ts);
void ktime_get_real_ts64(struct timespec64 *ts);

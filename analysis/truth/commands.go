package truth

import "fmt"

// Commands asks the compiler which macros of a header are ioctl commands, and
// their numbers. Those whose payload the compiler does not know are left out.
// Headers often leave it to their includers to say what _IO is.
func (c *Compiler) Commands(header, text string, flags ...string) (map[string]uint64, error) {
	flags = append(flags[:len(flags):len(flags)], "-include", "linux/ioctl.h")
	names, err := c.commandMacros(header, text, flags...)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	_, values, err := c.Values(fmt.Sprintf("#include \"%s\"\n", header), names, flags...)
	return values, err
}

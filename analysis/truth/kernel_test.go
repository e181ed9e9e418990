package truth

import "testing"

// TestKernel compares the kernel's internal records, as a module sees them.
func TestKernel(t *testing.T) {
	c := compare(t, Find("x86_64"))
	common, configured := KernelHeaders()
	if common == "" {
		missing(t, "no kernel headers: install Debian's linux-headers-amd64")
	}
	row, mismatches, err := c.Kernel(common, configured)
	if err != nil {
		t.Fatal(err)
	}
	tell(t, row, mismatches)
}

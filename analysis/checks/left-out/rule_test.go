package leftout

import (
	"testing"

	"abide/analysis/checks/internal/checktest"
)

func Test(t *testing.T) { checktest.Run(t, Check) }

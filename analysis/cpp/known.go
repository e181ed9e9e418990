package cpp

func hasAttribute(scope, name string, std bool) int { return 0 }
func hasBuiltin(name string) int                    { return 0 }

package cpp

func (p *pass) checkpoint() {}

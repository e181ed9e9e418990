package abi

// VaList is what __builtin_va_list is on an ABI: a record of the members, or
// an array of one such record. Without members it is a pointer.
type VaList struct {
	Array   bool
	Tag     string
	Members []VaMember
}

// VaMember is one member of a VaList.
type VaMember struct {
	Name string
	Kind Kind
}

// The va_lists that are no pointers, as the psABIs of their architectures
// define them.
var (
	vaX86 = VaList{true, "__va_list_tag", []VaMember{
		{"gp_offset", UInt}, {"fp_offset", UInt}, {"overflow_arg_area", Pointer}, {"reg_save_area", Pointer},
	}}
	vaAAPCS64 = VaList{false, "__va_list", []VaMember{
		{"__stack", Pointer}, {"__gr_top", Pointer}, {"__vr_top", Pointer}, {"__gr_offs", Int}, {"__vr_offs", Int},
	}}
	vaAAPCS = VaList{false, "__va_list", []VaMember{{"__ap", Pointer}}}
	vaPPC32 = VaList{true, "__va_list_tag", []VaMember{
		{"gpr", UChar}, {"fpr", UChar}, {"reserved", UShort}, {"overflow_arg_area", Pointer}, {"reg_save_area", Pointer},
	}}
	vaS390 = VaList{true, "__va_list_tag", []VaMember{
		{"__gpr", Long}, {"__fpr", Long}, {"__overflow_arg_area", Pointer}, {"__reg_save_area", Pointer},
	}}
	vaSH4 = VaList{false, "__va_list_tag", []VaMember{
		{"__va_next_o", Pointer},
		{"__va_next_o_limit", Pointer},
		{"__va_next_fp", Pointer},
		{"__va_next_fp_limit", Pointer},
		{"__va_next_stack", Pointer},
	}}
	vaAlpha   = VaList{false, "__va_list_tag", []VaMember{{"__base", Pointer}, {"__offset", Int}, {"__dummy", Int}}}
	vaHexagon = VaList{true, "__va_list_tag", []VaMember{
		{"__current_saved_reg_area_pointer", Pointer}, {"__saved_reg_area_end_pointer", Pointer}, {"__overflow_area_pointer", Pointer},
	}}
	vaXtensa = VaList{false, "__va_list_tag", []VaMember{{"__va_stk", Pointer}, {"__va_reg", Pointer}, {"__va_ndx", Int}}}
)

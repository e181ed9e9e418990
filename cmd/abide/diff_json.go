package main

import (
	"abide/analysis/baseline"
)

// diffDocument is a comparison, by file, then by name, then by ABI.
type diffDocument struct {
	Schema int            `json:"schema"`
	Old    string         `json:"old"`
	New    string         `json:"new"`
	ABIs   []string       `json:"abis"`
	Counts map[string]int `json:"counts"`
	Files  []jsonFileDiff `json:"files"`
}

type jsonFileDiff struct {
	Path    string            `json:"path"`
	Records []jsonRecordDiff  `json:"records"`
	Ioctls  []jsonCommandDiff `json:"ioctls"`
}

type jsonRecordDiff struct {
	Name    string                      `json:"name"`
	Verdict string                      `json:"verdict"`
	From    string                      `json:"from,omitempty"`
	By      string                      `json:"by,omitempty"`
	Changes map[string]jsonRecordChange `json:"changes"`
}

type jsonRecordChange struct {
	Verdict string    `json:"verdict"`
	Old     *jsonSide `json:"old"`
	New     *jsonSide `json:"new"`
}

type jsonSide struct {
	Size   int64       `json:"size"`
	Align  int64       `json:"align"`
	Fields []jsonField `json:"fields"`
}

type jsonCommandDiff struct {
	Name    string                       `json:"name"`
	Verdict string                       `json:"verdict"`
	From    string                       `json:"from,omitempty"`
	Changes map[string]jsonCommandChange `json:"changes"`
}

type jsonCommandChange struct {
	Verdict string      `json:"verdict"`
	Old     *jsonNumber `json:"old"`
	New     *jsonNumber `json:"new"`
}

type jsonNumber struct {
	Value   uint32 `json:"value"`
	Payload string `json:"payload"`
}

func newDiffDocument(old, now string, abis []string, files []baseline.FileDiff) diffDocument {
	d := diffDocument{Schema: schema, Old: old, New: now, ABIs: abis, Counts: map[string]int{}, Files: []jsonFileDiff{}}
	for i := range files {
		f := jsonFileDiff{Path: files[i].Path, Records: []jsonRecordDiff{}, Ioctls: []jsonCommandDiff{}}
		for k := range files[i].Records {
			r := newJSONRecordDiff(&files[i].Records[k], abis)
			d.Counts[r.Verdict]++
			f.Records = append(f.Records, r)
		}
		for k := range files[i].Commands {
			c := newJSONCommandDiff(&files[i].Commands[k])
			d.Counts[c.Verdict]++
			f.Ioctls = append(f.Ioctls, c)
		}
		d.Files = append(d.Files, f)
	}
	return d
}

func newJSONRecordDiff(r *baseline.RecordDiff, abis []string) jsonRecordDiff {
	j := jsonRecordDiff{Name: r.Name, Verdict: verdicts[r.Kind()], From: r.From, By: r.By, Changes: map[string]jsonRecordChange{}}
	for _, a := range abis { // one by one: what is told of several at once leaves their alignments out
		for _, c := range baseline.CompareRecord(r.Old, r.New, []string{a}) {
			j.Changes[a] = jsonRecordChange{verdicts[c.Kind], newJSONSide(c.Old), newJSONSide(c.New)}
		}
	}
	return j
}

func newJSONSide(s *baseline.Side) *jsonSide {
	if s == nil {
		return nil
	}
	j := &jsonSide{Size: s.Size.Size, Align: s.Align, Fields: []jsonField{}}
	for _, m := range s.Members {
		j.Fields = append(j.Fields, jsonField{m.Name, m.Type, m.Offset, m.Size, m.Bitfield})
	}
	return j
}

func newJSONCommandDiff(c *baseline.CommandDiff) jsonCommandDiff {
	j := jsonCommandDiff{Name: c.Name, Verdict: verdicts[c.Kind()], From: c.From, Changes: map[string]jsonCommandChange{}}
	for _, change := range c.Changes {
		for _, a := range change.ABIs {
			j.Changes[a] = jsonCommandChange{verdicts[change.Kind], newJSONNumber(c.Old, a), newJSONNumber(c.New, a)}
		}
	}
	return j
}

func newJSONNumber(c *baseline.Command, abi string) *jsonNumber {
	if c == nil {
		return nil
	}
	v, ok := c.On(abi)
	if !ok {
		return nil
	}
	return &jsonNumber{v.Number, v.Payload}
}

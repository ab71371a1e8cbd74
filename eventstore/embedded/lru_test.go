package embedded

import "testing"

func TestLRU(t *testing.T) {
	c := newLRU[int](2)
	c.put("a", 1)
	c.put("b", 2)
	c.put("a", 3) // now newer than b
	c.put("c", 4)
	for key, want := range map[string]int{"a": 3, "b": 0, "c": 4} {
		if got, ok := c.get(key); got != want || ok != (want > 0) {
			t.Errorf("%s = %d, %t, want %d", key, got, ok, want)
		}
	}
	c.get("a")
	c.put("d", 5)
	if _, ok := c.get("c"); ok {
		t.Error("what was used longest ago is still there")
	}
}

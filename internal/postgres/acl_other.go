//go:build !linux

package postgres

import "errors"

func grantPassage(string, uint32) error {
	return errors.New("access control lists are not supported on this system")
}

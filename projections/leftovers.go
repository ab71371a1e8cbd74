package projections

import (
	"context"
	"errors"
)

// keepTidy drops replaced tables as soon as nobody reads them. It is asked for at each beginning of a session.
func (e *Engine) keepTidy(ctx context.Context) {
	for {
		select {
		case <-e.tidying:
			e.keepDroppingReplaced(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// keepGoingOn goes on with a rebuild that was cut off.
func (e *Engine) keepGoingOn(ctx context.Context) {
	for {
		select {
		case <-e.cutOff:
		case <-ctx.Done():
			return
		}
		switch err := e.Rebuild(ctx); {
		case err == nil, ctx.Err() != nil, errors.Is(err, ErrRebuilding), errors.Is(err, ErrStandby):
		default:
			e.config.Logger.Error("go on with a rebuild that was cut off", "error", err)
		}
	}
}

// clearRebuild has a rebuild that was cut off go on, and drops what one has left that cannot: of another program or log.
func (e *Engine) clearRebuild(ctx context.Context) error {
	conn, err := connect(ctx, e.config.DatabaseURL, rebuildSchema)
	if err != nil {
		return err
	}
	defer closeConn(conn)
	if e.config.Scratch != "" {
		if err := removeSpools(e.config.Scratch); err != nil {
			return err
		}
	}
	goesOn, err := e.canGoOn(ctx, conn)
	if err != nil {
		return err
	}
	if !goesOn {
		return dropRebuild(ctx, conn)
	}
	e.goesOn = true
	return nil
}

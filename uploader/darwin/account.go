package darwin

import (
	"context"
	"net/http"
)

// Team is a team in Darwin. A key belongs to exactly one.
type Team struct {
	ID         int64
	Name, Slug string
}

// TokenInfo is whose key it is. Teams is every team that Darwin names, at least
// Team itself; whether it lists more than one for a key is not documented.
type TokenInfo struct {
	Team  Team
	Teams []Team
}

type teamAnswer struct {
	ID   integer `json:"id"`
	Name words   `json:"name"`
	Slug words   `json:"slug"`
}

func (t teamAnswer) team() Team {
	team := Team{ID: t.ID.value, Name: string(t.Name), Slug: string(t.Slug)}
	if team.Name == "" {
		team.Name = team.Slug
	}
	return team
}

// TokenInfo asks whose key it is. It is the way to try a key: one that Darwin
// does not accept is a *fault.Error of kind Key, and one without the permission
// of kind Permission.
func (c *Client) TokenInfo(ctx context.Context) (TokenInfo, error) {
	k := call{
		name: "token_info", method: http.MethodGet, path: []string{"users", "token_info"},
		does: "ask Darwin for its team", missing: "There is no Darwin at " + c.Server() + ".",
	}
	var answer struct {
		SelectedTeam teamAnswer   `json:"selected_team"`
		Teams        []teamAnswer `json:"teams"`
	}
	if err := c.do(ctx, k, &answer); err != nil {
		return TokenInfo{}, err
	}
	info := TokenInfo{Team: answer.SelectedTeam.team()}
	for _, t := range answer.Teams {
		if t.Slug != "" {
			info.Teams = append(info.Teams, t.team())
		}
	}
	if info.Team.Slug == "" && len(info.Teams) == 1 {
		info.Team = info.Teams[0]
	}
	if info.Team.Slug == "" {
		return TokenInfo{}, c.unexpected(k, http.StatusOK, "the answer names no team")
	}
	if len(info.Teams) == 0 {
		info.Teams = []Team{info.Team}
	}
	c.mu.Lock()
	c.team = info.Team
	c.mu.Unlock()
	return info, nil
}

// ownTeam is the slug of the key's team, which a key never changes: once known,
// it is not asked for again.
func (c *Client) ownTeam(ctx context.Context) (string, error) {
	c.mu.Lock()
	slug := c.team.Slug
	c.mu.Unlock()
	if slug != "" {
		return slug, nil
	}
	info, err := c.TokenInfo(ctx)
	return info.Team.Slug, err
}

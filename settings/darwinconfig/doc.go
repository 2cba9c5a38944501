// Package darwinconfig reads the API keys that Darwin's own command line
// (darwin-py) keeps in its configuration file, so that a person who has used it
// need not look for a key again. It only reads.
//
// The file is YAML:
//
//	global:
//	  base_url: https://darwin.v7labs.com
//	  default_team: my-team
//	teams:
//	  my-team:
//	    api_key: ABCDEFG....
//
// Source: darwin-py, config.py and utils.persist_client_configuration. A key may
// be empty there (a guest's access to open datasets); such teams are left out.
//
// Everything may be called from any goroutine. It touches the disk.
package darwinconfig

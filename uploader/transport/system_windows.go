package transport

import "golang.org/x/sys/windows/registry"

// setProxies reads the proxy of Windows' settings, nil for none.
func setProxies() *proxies {
	const place = `Software\Microsoft\Windows\CurrentVersion\Internet Settings`
	key, err := registry.OpenKey(registry.CURRENT_USER, place, registry.QUERY_VALUE)
	if err != nil {
		return nil
	}
	defer func() { _ = key.Close() }() // it was only read
	on, _, err := key.GetIntegerValue("ProxyEnable")
	if err != nil || on == 0 {
		return nil
	}
	server, _, err := key.GetStringValue("ProxyServer")
	if err != nil {
		return nil
	}
	override, _, _ := key.GetStringValue("ProxyOverride") // none is none
	return parseInternetSettings(server, override)
}

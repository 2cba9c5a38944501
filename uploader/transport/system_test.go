package transport

import (
	"net/url"
	"strings"
	"testing"
)

// ways tells which proxy is chosen for each address.
func (p *proxies) ways(t *testing.T, want map[string]string) {
	t.Helper()
	for address, proxy := range want {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if chosen := p.choose(u); chosen != nil {
			got = chosen.Host
		}
		if got != proxy {
			t.Errorf("%s goes through %q, want %q", address, got, proxy)
		}
	}
}

func TestTheProxyOfWindowsSettingsIsUsedButForItsExceptions(t *testing.T) {
	p := parseInternetSettings("proxy.office:3128", "*.alder.example;10.*;<local>;192.168.1.5")
	p.ways(t, map[string]string{
		"https://darwin.v7labs.com": "proxy.office:3128", "http://x.example": "proxy.office:3128",
		"https://files.alder.example": "", "https://alder.example": "proxy.office:3128", "http://10.1.2.3": "",
		"http://192.168.1.5": "", "http://printer": "", "http://127.0.0.1:80": "", "http://localhost": "",
	})
	p = parseInternetSettings("http=plain:1;https=safe:2;ftp=x:3;socks=y:4", "")
	p.ways(t, map[string]string{"https://a.example": "safe:2", "http://a.example": "plain:1", "http://printer": "plain:1"})
	for _, server := range []string{"", "ftp=x:1", "http=two words", ";;="} {
		if p := parseInternetSettings(server, "*"); p != nil {
			t.Errorf("%q gives %+v", server, p)
		}
	}
}

func TestTheProxyOfMacSettingsIsUsedButForItsExceptions(t *testing.T) {
	p := parseScutil(`<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
    2 : .alder.example
  }
  ExcludeSimpleHostnames : 1
  HTTPEnable : 0
  HTTPPort : 1
  HTTPProxy : old.office
  HTTPSEnable : 1
  HTTPSPort : 3128
  HTTPSProxy : proxy.office
  ProxyAutoConfigEnable : 0
}
`)
	p.ways(t, map[string]string{
		"https://darwin.v7labs.com": "proxy.office:3128", "http://darwin.v7labs.com": "", "https://printer.local": "",
		"https://169.254.3.4": "", "https://169.255.3.4": "proxy.office:3128", "https://x.alder.example": "", "https://printer": "",
	})
	for _, text := range []string{"", "<dictionary> {\n}\n", "HTTPSEnable : 1\n", "HTTPSEnable : 1\n  HTTPSProxy : a b\n  HTTPSPort : 1\n"} {
		if p := parseScutil(text); p != nil {
			t.Errorf("%q gives %+v", text, p)
		}
	}
}

const gnome = `org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '10.0.0.0/8', '*.alder.example', '::1']
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.http host 'plain.office'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.https host 'proxy.office'
org.gnome.system.proxy.https port 3128
org.gnome.system.proxy.socks host 'socks.office'
org.gnome.system.proxy.socks port 1080
`

func TestTheProxyOfAGNOMEDesktopIsUsedButForItsExceptions(t *testing.T) {
	parseGSettings(gnome).ways(t, map[string]string{
		"https://darwin.v7labs.com": "proxy.office:3128", "http://x.example": "plain.office:8080", "https://10.1.2.3": "",
		"https://files.alder.example": "", "http://localhost": "",
	})
	socks := parseGSettings(strings.Replace(gnome, "'proxy.office'", "''", 1))
	socks.ways(t, map[string]string{"https://darwin.v7labs.com": "socks.office:1080", "http://x.example": "plain.office:8080"})
	if socks.https.Scheme != "socks5" {
		t.Errorf("it is a %s proxy", socks.https.Scheme)
	}
	for _, mode := range []string{"none", "auto", ""} {
		if p := parseGSettings(strings.Replace(gnome, "'manual'", "'"+mode+"'", 1)); p != nil {
			t.Errorf("mode %q gives %+v", mode, p)
		}
	}
	for _, text := range []string{"", "org.gnome.system.proxy mode 'manual'\n", "org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.https host 'a b'\n"} {
		if p := parseGSettings(text); p != nil {
			t.Errorf("%q gives %+v", text, p)
		}
	}
}

func FuzzWhatASystemHasSetGivesOnlyUsableProxies(f *testing.F) {
	f.Add("proxy:1", "<local>;*.x;10/8;[")
	f.Add("http=a:1;https=b", "1.2.3.4/99;::1/64")
	f.Add("HTTPSEnable : 1\nHTTPSProxy : x\nHTTPSPort : 2\nExceptionsList : <array> {\n0 : y\n}", "")
	f.Add(gnome, "")
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, p := range []*proxies{parseInternetSettings(first, second), parseScutil(first), parseGSettings(first)} {
			if p == nil {
				continue
			}
			for _, address := range []string{"https://darwin.example", "http://10.0.0.1"} {
				u, _ := url.Parse(address)
				if chosen := p.choose(u); chosen != nil && (chosen.Hostname() == "" || chosen.User != nil) {
					t.Errorf("%q and %q give %v", first, second, chosen)
				}
			}
		}
	})
}

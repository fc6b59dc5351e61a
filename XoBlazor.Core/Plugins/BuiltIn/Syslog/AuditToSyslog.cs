using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.BuiltIn.Syslog;

/// <summary>The plugin that sends the audit to a syslog collector.</summary>
public sealed class AuditToSyslog(TimeProvider time) : IBuiltInPlugin
{
    public string Manifest =>
        $$"""
        {
          "id": "{{SyslogPlugin.PluginId}}",
          "name": "Audit to syslog",
          "version": "{{SyslogPlugin.PluginVersion}}",
          "contract": "1.0",
          "description": "Sends every record of the audit to a syslog collector (RFC 5424), in order, each at least once; what the collector misses it gets when it is back.",
          "wants": {"audit": true},
          "configuration": {
            "type": "object",
            "required": ["host"],
            "properties": {
              "host": {"type": "string", "title": "Collector", "description": "Its name or address; with TLS the name in its certificate.", "minLength": 1, "maxLength": 253},
              "port": {"type": "integer", "title": "Port", "description": "6514 for TLS and 514 for the others when nothing is said.", "minimum": 1, "maximum": 65535},
              "transport": {"type": "string", "title": "Transport", "description": "TLS, or TCP and UDP, which anybody on the way can read and change.", "enum": ["tls", "tcp", "udp"], "default": "tls"},
              "facility": {"type": "string", "title": "Facility", "enum": ["audit", "auth", "authpriv", "daemon", "user", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"], "default": "audit"},
              "check": {"type": "boolean", "title": "Check the collector's certificate", "description": "Without it anybody on the way can be the collector. For TLS.", "default": true},
              "authorities": {"type": "string", "title": "Authorities", "description": "Certificates in PEM that may have signed the collector's; those that the system trusts when nothing is said.", "maxLength": 65536}
            }
          }
        }
        """;

    public Plugin Create() => new SyslogPlugin(time);
}

using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Notifications.Email;

/// <summary>The plugin that carries messages as e-mail.</summary>
internal sealed class EmailBuiltIn(TimeProvider time) : IBuiltInPlugin
{
    public const string Id = "email";
    public const string Version = "1.0.0";

    /// <summary>The transport, as rules name it.</summary>
    public const string Transport = "email";

    public string Manifest =>
        $$"""
        {
          "id": "{{Id}}",
          "name": "E-mail",
          "version": "{{Version}}",
          "contract": "1.0",
          "description": "Carries notifications as e-mail, to users, groups and addresses.",
          "wants": {"notifications": {"transports": [{"id": "{{Transport}}", "title": "E-mail", "recipientTitle": "E-mail address", "people": true}]} },
          "configuration": {
            "type": "object",
            "required": ["host", "from"],
            "properties": {
              "host": {"type": "string", "title": "Mail server", "description": "Such as mail.example.org.", "minLength": 1, "maxLength": 253},
              "security": {"type": "string", "title": "Encryption", "enum": ["start-tls", "tls", "none"], "enumNames": ["STARTTLS, and never without", "TLS from the start", "none"], "default": "start-tls"},
              "port": {"type": "integer", "title": "Port", "description": "587 for STARTTLS, 465 for TLS and 25 for none when nothing is said.", "minimum": 1, "maximum": 65535},
              "from": {"type": "string", "title": "Sender", "description": "Such as xo@example.org, or XoBlazor <xo@example.org>.", "minLength": 1, "maxLength": 320},
              "user": {"type": "string", "title": "Name to sign in with", "description": "Empty for none. It and the password are sent encrypted only.", "maxLength": 200},
              "password": {"type": "string", "title": "Its password", "description": "It is not taken along to another server, port or name.", "writeOnly": true, "$boundTo": ["host", "port", "user"], "maxLength": 1000},
              "certificate": {"type": "string", "title": "Accepted certificate", "description": "SHA-256 of the one certificate that is taken, as the refusal of a test shows it. Empty takes those that this machine trusts.", "maxLength": 100}
            }
          },
          "testSchema": {"type": "object", "required": ["to"], "properties": {"to": {"type": "string", "title": "E-mail address", "description": "A message is sent there.", "minLength": 1, "maxLength": 320} } }
        }
        """;

    public Plugin Create() => new EmailPlugin(time);
}

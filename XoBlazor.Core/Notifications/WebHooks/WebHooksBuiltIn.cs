using System.Net;
using System.Net.Security;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>The plugin that carries messages to web hooks.</summary>
internal sealed class WebHooksBuiltIn : IBuiltInPlugin, IDisposable
{
    public const string Id = "web-hooks";
    public const string Version = "1.0.0";

    /// <summary>The transport, as rules name it.</summary>
    public const string Transport = "web-hook";

    private readonly TimeProvider _time;
    private readonly WebHookSender _sender;

    public WebHooksBuiltIn(TimeProvider time) : this(time, static (host, token) => Dns.GetHostAddressesAsync(host, token), new())
    {
    }

    internal WebHooksBuiltIn(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, SslClientAuthenticationOptions tls) =>
        (_time, _sender) = (time, new(time, lookUp, tls));

    public string Manifest =>
        $$"""
        {
          "id": "{{Id}}",
          "name": "Web hooks",
          "version": "{{Version}}",
          "contract": "1.0",
          "description": "Carries notifications to addresses of other servers, by POST, signed. They stand on the public Internet or in a network that is allowed here.",
          "wants": {"notifications": {"transports": [{"id": "{{Transport}}", "title": "Web hook", "recipientTitle": "Name of the web hook", "recipients": "hooks"}]} },
          "configuration": {
            "type": "object",
            "properties": {
              "hooks": {
                "type": "array",
                "title": "Web hooks",
                "maxItems": {{WebHookSettings.Most}},
                "items": {
                  "type": "object",
                  "required": ["name", "url"],
                  "properties": {
                    "name": {"type": "string", "title": "Name", "description": "By which rules call it.", "minLength": 1, "maxLength": 100},
                    "url": {"type": "string", "title": "Address", "description": "Begins with https:// or http://.", "minLength": 1, "maxLength": 2000},
                    "secret": {"type": "string", "title": "Secret", "description": "What messages are signed with, at least 16 characters; nothing for no signature. It is not taken along to another address.", "writeOnly": true, "$boundTo": ["url"], "maxLength": 1000},
                    "format": {"type": "string", "title": "Format", "enum": ["json", "office365", "slack"], "enumNames": ["JSON", "Office 365", "Slack and the like"], "default": "json"}
                  }
                }
              },
              "allowedNetworks": {
                "type": "array",
                "title": "Allowed networks",
                "description": "What they may reach beside the public Internet, such as 10.1.0.0/16 or 192.168.1.7. Whoever administers plugins reaches every server there with this server's address.",
                "maxItems": 100,
                "items": {"type": "string", "maxLength": 100}
              }
            }
          },
          "testSchema": {"type": "object", "required": ["hook"], "properties": {"hook": {"type": "string", "title": "Name of the web hook", "description": "A message is sent there.", "minLength": 1, "maxLength": 100} } }
        }
        """;

    public Plugin Create() => new WebHooksPlugin(_sender, _time);

    public void Dispose() => _sender.Dispose();
}

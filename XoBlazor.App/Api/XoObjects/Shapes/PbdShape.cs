using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class PbdShape
{
    private const string Mask = "* obfuscated *";

    private static readonly string[] s_secrets = ["password", "passwd", "secret", "passphrase", "token", "access_key"];

    public static void Write(XoShape shape, Pbd pbd)
    {
        var json = shape.Json;
        json.WriteBoolean("attached"u8, pbd.CurrentlyAttached);
        shape.Link("host"u8, pbd.Host);
        shape.Link("SR"u8, pbd.Sr);
        json.WriteStartObject("device_config"u8);
        foreach (var (key, value) in pbd.DeviceConfig.Entries)
            json.WriteString(key, IsSecret(key) ? Mask : value);
        json.WriteEndObject();
        shape.Map("otherConfig"u8, pbd.OtherConfig);
    }

    /// <summary>XAPI itself replaces a password by the name of a secret, from whose record it can be read.</summary>
    private static bool IsSecret(string key) => s_secrets.Any(s => key.Contains(s, StringComparison.OrdinalIgnoreCase));
}

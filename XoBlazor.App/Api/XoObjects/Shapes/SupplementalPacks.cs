using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>
/// What was installed beside the product. Since 7.1 these are updates that do not bear a name of the vendor's own (<c>XS…</c>); before, hosts
/// list them among their versions: <c>author:name</c> to <c>description, version 6.0.0, build 1</c>.
/// </summary>
internal static class SupplementalPacks
{
    public static void Write(XoShape shape, Host host)
    {
        shape.Json.WriteStartArray("supplementalPacks"u8);
        foreach (var reference in host.Updates)
            if (shape.Read(reference) is { } update && !update.NameLabel.StartsWith("XS", StringComparison.Ordinal))
                Write(shape, update);
        if (host.Updates.IsEmpty)
            foreach (var (key, value) in host.SoftwareVersion.Entries)
                if (key.Split(':') is [{ Length: > 0 } author, { Length: > 0 } name])
                    WriteOld(shape, author, name, value);
        shape.Json.WriteEndArray();
    }

    private static void Write(XoShape shape, PoolUpdate update)
    {
        var json = shape.Json;
        json.WriteStartObject();
        json.WriteString("name"u8, update.NameLabel);
        json.WriteString("description"u8, update.NameDescription);
        if (update.Key.Split('-') is [_, _, _, var author, ..])
            json.WriteString("author"u8, author);
        json.WriteString("version"u8, update.Version);
        shape.Words("guidance"u8, update.AfterApplyGuidance);
        shape.Links("hosts"u8, update.Hosts);
        shape.Link("vdi"u8, update.Vdi);
        json.WriteNumber("size"u8, update.InstallationSize);
        json.WriteEndObject();
    }

    private static void WriteOld(XoShape shape, string author, string name, string value)
    {
        var json = shape.Json;
        var parts = value.Split(", ");
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("description"u8, parts[0]);
        json.WriteString("author"u8, author);
        if (parts is [_, var version, ..] && version.Split(' ') is [_, var number, ..])
            json.WriteString("version"u8, number);
        json.WriteEndObject();
    }
}

using System.Globalization;
using System.Xml;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>How a template is installed: architecture, sources, and the disks that XAPI makes when a VM is provisioned from it.</summary>
internal static class TemplateInfo
{
    private const int LongestDisks = 65_536;

    private static readonly XmlReaderSettings s_xml = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static void Write(XoShape shape, Vm vm)
    {
        var json = shape.Json;
        json.WriteBoolean("isDefaultTemplate"u8, vm.Kind() == VmKind.DefaultTemplate);
        json.WriteStartObject("template_info"u8);
        shape.TextOf("arch"u8, vm.OtherConfig, "install-arch");
        json.WriteStartArray("disks"u8);
        foreach (var disk in vm.OtherConfig.TryGetValue("disks", out var xml) ? Disks(xml) : [])
        {
            json.WriteStartObject();
            json.WriteBoolean("bootable"u8, disk.IsBootable);
            json.WriteString("device"u8, disk.Device);
            json.WriteNumber("size"u8, disk.Size);
            json.WriteString("SR"u8, disk.Sr);
            json.WriteString("type"u8, disk.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("install_methods"u8);
        if (vm.OtherConfig.TryGetValue("install-methods", out var methods))
            foreach (var method in methods.Split(',', StringSplitOptions.RemoveEmptyEntries))
                json.WriteStringValue(method);
        json.WriteEndArray();
        shape.TextOf("install_repository"u8, vm.OtherConfig, "install-repository");
        json.WriteEndObject();
    }

    /// <summary><c>&lt;provision&gt;&lt;disk device="0" size="8589934592" sr="" bootable="true" type="system"/&gt;&lt;/provision&gt;</c>; what is not that has no disks.</summary>
    private static List<(bool IsBootable, string Device, long Size, string Sr, string Type)> Disks(string xml)
    {
        var disks = new List<(bool, string, long, string, string)>();
        if (xml.Length > LongestDisks)
            return disks;
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), s_xml);
            while (reader.Read())
                if (reader is { NodeType: XmlNodeType.Element, Name: "disk" } && long.TryParse(reader["size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                    disks.Add((reader["bootable"] == "true", reader["device"] ?? "", size, reader["sr"] ?? "", reader["type"] ?? ""));
        }
        catch (XmlException)
        {
            return [];
        }

        return disks;
    }
}

using System.Globalization;
using System.Xml;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Transfers.Xva;

/// <summary>What the first file of an XVA, <c>ova.xml</c>, says of the VM: of all its records only which disks must follow. The file is a value of XML-RPC.</summary>
internal static class XvaDescription
{
    private const int DeepestElement = 64;

    /// <summary>The disks whose contents follow, by their ids. Fails with <see cref="XvaDamagedException"/>.</summary>
    public static Dictionary<string, XvaDisk> Disks(byte[] xml)
    {
        var records = Records(xml);
        var places = new Dictionary<string, string?>();
        foreach (var (type, record) in records)
        {
            if (type == "VBD" && record.GetValueOrDefault("type") == "Disk" && record.GetValueOrDefault("empty") is not ("1" or "true") && record.GetValueOrDefault("VDI") is { } disk)
                places.TryAdd(disk, record.GetValueOrDefault("userdevice"));
            else if (type == "VM" && record.GetValueOrDefault("suspend_VDI") is { } memory)
                places.TryAdd(memory, null);
        }

        var disks = new Dictionary<string, XvaDisk>();
        foreach (var (type, record) in records)
            if (type == "VDI" && record["id"] is { } id && places.TryGetValue(id, out var place))
                disks[id] = new(id, record.GetValueOrDefault("name_label") ?? "", SizeOf(record), place);
        return disks;
    }

    private static long SizeOf(Dictionary<string, string> disk) =>
        long.TryParse(disk.GetValueOrDefault("virtual_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
            : throw new XvaDamagedException($"the disk {ForeignText.Shown(disk.GetValueOrDefault("name_label") ?? disk["id"])} has no size");

    /// <summary>The texts of each record, and its id among them.</summary>
    private static List<(string Class, Dictionary<string, string> Record)> Records(byte[] xml)
    {
        var records = new List<(string, Dictionary<string, string>)>();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml, writable: false), new() { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false, IgnoreWhitespace = true });
            // value/struct/member "objects"/value/array/data/value/struct: an object; its member "snapshot" holds the record.
            var names = new string?[DeepestElement];
            Dictionary<string, string>? record = null;
            var (type, id) = ("", "");
            while (reader.Read())
            {
                if (reader.Depth >= DeepestElement)
                    throw new XvaDamagedException("its description is nested too deep");
                if (reader.NodeType == XmlNodeType.Element && reader.Name == "name")
                {
                    // The member's own depth keeps its name, for the value beside it.
                    names[reader.Depth - 1] = Text(reader);
                }
                else if (reader.NodeType == XmlNodeType.Text && names[2] == "objects")
                {
                    switch (Member(names, reader.Depth))
                    {
                        case (ObjectDepth, "class"):
                            type = reader.Value;
                            break;
                        case (ObjectDepth, "id"):
                            id = reader.Value;
                            break;
                        case (RecordDepth, var name) when names[ObjectDepth] == "snapshot":
                            (record ??= [])[name] = reader.Value;
                            break;
                    }
                }
                else if (reader is { NodeType: XmlNodeType.EndElement, Name: "struct", Depth: ObjectDepth - 1 })
                {
                    var whole = record ?? [];
                    whole["id"] = id;
                    records.Add((type, whole));
                    (record, type, id) = (null, "", "");
                }
            }
        }
        catch (XmlException)
        {
            throw new XvaDamagedException("its description, ova.xml, cannot be read");
        }

        return records;
    }

    // value(0) struct(1) member(2) value(3) array(4) data(5) value(6) struct(7) member(8) value(9) struct(10) member(11)
    private const int ObjectDepth = 8;
    private const int RecordDepth = 11;

    /// <summary>Whose member a text is the value of: it stands in <c>value</c> itself, or in an element that tells its type.</summary>
    private static (int Depth, string Name) Member(string?[] names, int depth) =>
        depth - 2 is ObjectDepth or RecordDepth ? (depth - 2, names[depth - 2] ?? "") : depth - 3 is ObjectDepth or RecordDepth ? (depth - 3, names[depth - 3] ?? "") : (0, "");

    private static string Text(XmlReader reader) => !reader.IsEmptyElement && reader.Read() && reader.NodeType == XmlNodeType.Text ? reader.Value : "";
}

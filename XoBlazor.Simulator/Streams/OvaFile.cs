using System.Xml;
using System.Xml.Linq;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Wire;

namespace XoBlazor.Simulator.Streams;

/// <summary>An <c>ova.xml</c> as it was read: objects by their ids, in their order.</summary>
internal sealed class OvaFile
{
    private const int NewestVersion = 2;

    private readonly Dictionary<string, OvaRecord> _byId = [];

    private OvaFile(IEnumerable<OvaRecord> objects)
    {
        foreach (var item in objects)
            _byId.TryAdd(item.Id, item);
    }

    public IEnumerable<OvaRecord> All(string type) => _byId.Values.Where(item => item.Class == type);

    /// <summary>The object of that id, or null for an id that stands for nothing.</summary>
    public OvaRecord? Find(string id, string type) => _byId.TryGetValue(id, out var found) && found.Class == type ? found : null;

    /// <exception cref="XapiException">IMPORT_INCOMPATIBLE_VERSION, or IMPORT_ERROR for what is no such file.</exception>
    public static OvaFile Read(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml, writable: false), new() { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
            var root = XmlRpc.ReadValue(XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!).AsMap;
            if (long.Parse(root["version"]!.AsMap["export_vsn"]?.ToString() ?? "0", System.Globalization.CultureInfo.InvariantCulture) > NewestVersion)
                throw new XapiException("IMPORT_INCOMPATIBLE_VERSION");
            return new(root["objects"]!.AsSet.Select(item => item.AsMap).Select(item => new OvaRecord(item["class"]!.AsText, item["id"]!.AsText, item["snapshot"]!.AsMap)));
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException or NullReferenceException or InvalidOperationException or InvalidCastException
            or MalformedRequestException)
        {
            throw new XapiException("IMPORT_ERROR", "INTERNAL_ERROR: [ ova.xml is damaged ]");
        }
    }
}

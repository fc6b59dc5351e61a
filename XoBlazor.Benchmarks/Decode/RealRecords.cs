using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace XoBlazor.Benchmarks.Decode;

/// <summary>
/// Answers of <c>event.from</c> of any size, made from the records that a real xapi sent (<c>../shared</c>): each copy of a VM and of what
/// belongs to it gets identities, names and addresses of its own, everything else stays as it was.
/// </summary>
internal sealed partial class RealRecords
{
    private static readonly string[] s_perVm = ["vm", "vm_metrics", "vm_guest_metrics", "vbd", "vif", "vdi"];

    private readonly List<(string Class, string Ref, string Json)> _kin = [];
    private readonly HashSet<string> _own = [];

    public RealRecords()
    {
        var folder = Environment.GetEnvironmentVariable("XOBLAZOR_SHARED") ?? Find();
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "data", "xapi-paired", "modern", "event-from-start.json")));
        var events = recorded.RootElement.GetProperty("events").EnumerateArray().Where(e => e.TryGetProperty("snapshot", out _))
            .Select(e => (Class: e.GetProperty("class").GetString()!, Ref: e.GetProperty("ref").GetString()!, Record: e.GetProperty("snapshot")))
            .ToList();
        var vm = events.Where(e => e.Class == "vm" && !e.Record.GetProperty("is_control_domain").GetBoolean() && !e.Record.GetProperty("is_a_template").GetBoolean())
            .OrderByDescending(e => e.Record.GetRawText().Length).First();
        foreach (var e in events.Where(e => s_perVm.Contains(e.Class)))
        {
            var belongs = e.Ref == vm.Ref || e.Record.GetRawText().Contains(vm.Ref, StringComparison.Ordinal) || vm.Record.GetRawText().Contains(e.Ref, StringComparison.Ordinal);
            if (belongs)
                Add(e.Class, e.Ref, e.Record);
        }

        foreach (var e in events.Where(e => e.Class == "vdi" && _kin.Any(k => k.Class == "vbd" && k.Json.Contains(e.Ref, StringComparison.Ordinal))))
            if (_kin.All(k => k.Ref != e.Ref))
                Add(e.Class, e.Ref, e.Record);
    }

    public int ObjectsPerVm => _kin.Count;

    /// <summary>A batch that adds so many VMs, and what belongs to them if <paramref name="withKin"/>; those of another <paramref name="first"/> are others.</summary>
    public byte[] Batch(int vms, bool withKin, string operation = "add", int salt = 0, int first = 0)
    {
        using var made = new MemoryStream();
        Write(made, """{"jsonrpc":"2.0","result":{"events":[""");
        var isFirst = true;
        foreach (var type in withKin ? s_perVm : ["vm"])
        {
            for (var i = first; i < first + vms; i++)
            {
                foreach (var (kin, reference, json) in _kin.Where(k => k.Class == type))
                {
                    Write(made, $$"""{{(isFirst ? "" : ",")}}{"id":"{{1000 + i}}","timestamp":"0.0","class":"{{kin}}","operation":"{{operation}}","ref":"{{Own(reference, i)}}","snapshot":{{Own(json, i, salt)}}}""");
                    isFirst = false;
                }
            }
        }

        Write(made, """],"valid_ref_counts":{"vm":1},"token":"00000000000000002105,00000000000000001982"},"id":1}""");
        return made.ToArray();
    }

    private void Add(string type, string reference, JsonElement record)
    {
        _kin.Add((type, reference, JsonSerializer.Serialize(record, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
        _own.Add(reference["OpaqueRef:".Length..]);
        if (record.TryGetProperty("uuid", out var uuid))
            _own.Add(uuid.GetString()!);
    }

    private string Own(string text, int copy, int salt = 0)
    {
        var own = Identity().Replace(text, m => _own.Contains(m.Value) ? $"{m.Value[..18]}-{copy:x5}{m.Value[24..]}" : m.Value);
        own = own.Replace("\"name_label\":\"vm-", $"\"name_label\":\"web-{copy}-", StringComparison.Ordinal);
        return salt == 0 ? own : own.Replace("\"memory_overhead\":", $"\"memory_overhead\":{salt}", StringComparison.Ordinal);
    }

    private static void Write(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "data", "xapi-paired")))
                return Path.Combine(at.FullName, "shared");
        throw new DirectoryNotFoundException("The recorded answers are absent: put the shared folder beside the checkout or name it in XOBLAZOR_SHARED.");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Identity();
}

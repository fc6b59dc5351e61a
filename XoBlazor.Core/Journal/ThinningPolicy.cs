using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal;

/// <summary>
/// The thinning rules, resolved to fields of classes. Immutable. Of several rules for one field the last holds; an object waits as long as
/// the most urgent of the rules whose fields changed.
/// </summary>
public sealed class ThinningPolicy
{
    private const string Everything = "*";

    private readonly FieldSet[] _noise;
    private readonly TimeSpan[][] _every;

    public ThinningPolicy(IEnumerable<ThinningRule> rules)
    {
        _noise = new FieldSet[XapiCodec.All.Length];
        _every = new TimeSpan[XapiCodec.All.Length][];
        foreach (var rule in rules)
            foreach (var codec in Codecs(rule.Class))
                foreach (var field in codec.Fields.Where(f => Names(rule, f)))
                {
                    var type = (int)codec.Class;
                    _noise[type] = rule.Every > TimeSpan.Zero ? _noise[type].With(field.Index) : _noise[type].Without(FieldSet.Of(field.Index));
                    (_every[type] ??= new TimeSpan[codec.Fields.Length])[field.Index] = rule.Every;
                }
    }

    /// <summary>The documented default: figures that move by themselves, and the progress of tasks.</summary>
    public static List<ThinningRule> DefaultRules() =>
    [
        new() { Class = Everything, Fields = ["last_updated"], Every = TimeSpan.FromHours(1) },
        new() { Class = "VM_metrics", Fields = ["memory_actual", "VCPUs_utilisation", "VCPUs_CPU", "numa_node_memory"] },
        new() { Class = "VM_guest_metrics", Fields = ["memory", "disks", "other"] },
        new() { Class = "host_metrics", Fields = ["memory_free"] },
        new() { Class = "host_cpu", Fields = ["utilisation"] },
        new() { Class = "VIF_metrics", Fields = ["io_read_kbs", "io_write_kbs"] },
        new() { Class = "VBD_metrics", Fields = ["io_read_kbs", "io_write_kbs"] },
        new() { Class = "PIF_metrics", Fields = ["io_read_kbs", "io_write_kbs"] },
        new() { Class = "SR", Fields = ["physical_utilisation", "virtual_allocation"], Every = TimeSpan.FromMinutes(1) },
        new() { Class = "VDI", Fields = ["physical_utilisation"], Every = TimeSpan.FromMinutes(1) },
        new() { Class = "task", Fields = ["progress"], Every = TimeSpan.FromSeconds(10) },
    ];

    /// <summary>What is wrong with the rules, in words.</summary>
    public static IEnumerable<string> Problems(IEnumerable<ThinningRule> rules)
    {
        foreach (var rule in rules)
        {
            if (rule.Class != Everything && XapiCodec.Find(rule.Class) is null)
                yield return $"Journal:Thinning names the class '{rule.Class}', which XAPI does not have; write it as on the wire, such as VM_metrics.";
            else
                foreach (var field in rule.Fields.Where(f => f != Everything && !Codecs(rule.Class).Any(c => c.FindField(f) is not null)))
                    yield return $"Journal:Thinning names the field '{field}', which {(rule.Class == Everything ? "no class" : $"the class {rule.Class}")} has.";
            if (rule.Every < TimeSpan.Zero || rule.Every > TimeSpan.FromDays(1))
                yield return $"Journal:Thinning for '{rule.Class}' must lie between 0 (record all) and one day.";
        }
    }

    /// <summary>The fields of a class that are noise.</summary>
    public FieldSet NoiseOf(XapiClass type) => _noise[(int)type];

    /// <summary>How long changes to nothing but these fields may wait; zero when they are no noise.</summary>
    public TimeSpan Patience(XapiClass type, FieldSet changed)
    {
        if (!changed.Without(_noise[(int)type]).IsEmpty)
            return TimeSpan.Zero;
        var shortest = TimeSpan.MaxValue;
        foreach (var field in changed)
        {
            var every = _every[(int)type][field];
            shortest = every < shortest ? every : shortest;
        }

        // A time stamp moves along with every figure; the figure decides.
        return shortest == TimeSpan.MaxValue ? TimeSpan.Zero : shortest;
    }

    private static bool Names(ThinningRule rule, XapiField field) =>
        rule.Fields.Contains(Everything) || rule.Fields.Contains(field.Wire, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<XapiCodec> Codecs(string name) =>
        name == Everything ? XapiCodec.All : XapiCodec.Find(name) is { } codec ? [codec] : [];
}

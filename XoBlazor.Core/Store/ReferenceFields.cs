using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>Which fields of a class hold references, and to objects of which class; read from the datamodel's types, and which name them otherwise (<see cref="LooseReferences"/>).</summary>
internal sealed class ReferenceFields
{
    public static readonly int ClassCount = XapiCodec.All.Length;

    private static readonly ReferenceFields[] s_all = [.. XapiCodec.All.Select(c => new ReferenceFields(c))];

    private readonly XapiClass?[] _targets;

    private ReferenceFields(XapiCodec codec)
    {
        _targets = [.. codec.Fields.Select(f => Target(f.Type) ?? LooseReferences.Target(codec.Class, f.Index))];
        for (var field = 0; field < _targets.Length; field++)
            if (_targets[field] is not null)
                Fields = Fields.With(field);
    }

    public FieldSet Fields { get; }

    public static ReferenceFields Of(XapiClass type) => s_all[(int)type];

    public XapiClass? Target(int field) => _targets[field];

    /// <summary>The class before the word "ref" in <c>VM ref</c>, <c>VDI ref set</c> or <c>(string -> blob ref) map</c>.</summary>
    private static XapiClass? Target(string type)
    {
        var words = type.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, "ref");
        return at > 0 ? XapiCodec.Find(words[at - 1])?.Class : null;
    }
}

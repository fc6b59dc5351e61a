using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>
/// Compares two stored states of an object value by value as they lie on disk: no record is made of them. A field that is not stored has its
/// type's zero value. Belongs to one thread.
/// </summary>
internal sealed class StateComparison
{
    private static readonly ClassShape?[] s_shapes = new ClassShape?[XapiCodec.All.Length];

    private ReadOnlyMemory<byte>[] _old = [];
    private ReadOnlyMemory<byte>[] _new = [];

    /// <summary>What differs; null if nothing does, or if the class is not known to this version.</summary>
    public ObjectDifference? Compare(StoredState? before, StoredState? after)
    {
        if ((after ?? before) is not { Object: var stored } || XapiCodec.Find(stored.Class) is not { } codec)
            return null;
        var shape = s_shapes[(int)codec.Class] ??= new ClassShape(codec);
        var old = Values(ref _old, shape, before);
        var now = Values(ref _new, shape, after);
        var fields = ImmutableArray.CreateBuilder<FieldDifference>();
        for (var i = 0; i < codec.Fields.Length; i++)
            if (!old[i].Span.SequenceEqual(now[i].Span))
                fields.Add(new(codec.Fields[i].Wire, before is null ? null : Text(old[i]), after is null ? null : Text(now[i])));
        var kind = before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Modified;
        if (kind == ChangeKind.Modified && fields.Count == 0)
            return null;
        var name = StateEncoder.NameOf(codec, after is null ? old : now);
        return new(new ObjectKey(stored.Pool, stored.Uuid), codec.WireName, name, kind, fields.ToImmutable());
    }

    private static ReadOnlySpan<ReadOnlyMemory<byte>> Values(ref ReadOnlyMemory<byte>[] buffer, ClassShape shape, StoredState? state)
    {
        if (buffer.Length < shape.Zeros.Length)
            buffer = new ReadOnlyMemory<byte>[shape.Zeros.Length];
        shape.Zeros.CopyTo(buffer, 0);
        foreach (var field in state?.Fields ?? [])
            if (shape.Indexes.TryGetValue(field.Name, out var index))
                buffer[index] = field.Json;
        return buffer.AsSpan(0, shape.Zeros.Length);
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    /// <summary>A class's fields by name, and what each is when nothing is said of it.</summary>
    private sealed class ClassShape(XapiCodec codec)
    {
        public ReadOnlyMemory<byte>[] Zeros { get; } = StateEncoder.Zeros(codec);

        public FrozenDictionary<string, int> Indexes { get; } = codec.Fields.ToFrozenDictionary(f => f.Wire, f => f.Index, StringComparer.Ordinal);
    }
}

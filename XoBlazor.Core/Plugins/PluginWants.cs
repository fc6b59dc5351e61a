using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Plugins;

/// <summary>What a plugin asks to be given; what an administrator has accepted of it has the same form. Each want has one line of text, by which it is shown, accepted and recorded.</summary>
/// <param name="Operations">Names of operations, such as <c>vm.snapshot</c>.</param>
/// <param name="Storage">A small store of its own.</param>
public sealed record PluginWants(ImmutableArray<ReadWant> Reads, ImmutableArray<string> Operations, bool Storage)
{
    private const string StorageText = "storage";

    public static PluginWants None { get; } = new([], [], false);

    public bool IsNone => Reads.IsEmpty && Operations.IsEmpty && !Storage;

    /// <summary>Such as <c>read: VM, where tags:web</c>, <c>operation: vm.snapshot</c>, <c>storage</c>.</summary>
    public IReadOnlyList<string> Texts => [.. Reads.Select(read => read.Text), .. Operations.Select(TextOf), .. Storage ? [StorageText] : (string[])[]];

    /// <summary>Those whose texts are named; others are left out.</summary>
    public PluginWants Only(IReadOnlyCollection<string> texts) =>
        new([.. Reads.Where(read => texts.Contains(read.Text))], [.. Operations.Where(operation => texts.Contains(TextOf(operation)))], Storage && texts.Contains(StorageText));

    private static string TextOf(string operation) => $"operation: {operation}";
}

/// <summary>Objects of a class that a plugin wants to see.</summary>
public sealed class ReadWant
{
    private ReadWant(XapiClass type, Filter filter) => (Class, Filter) = (type, filter);

    public XapiClass Class { get; }

    /// <summary>Empty for all of them.</summary>
    public Filter Filter { get; }

    public string Text => $"read: {XapiCodec.For(Class).WireName}{(Filter.IsEmpty ? "" : $", where {Filter.Text}")}";

    /// <summary>Fails with <see cref="PluginException"/> for a class that nobody but administrators may see, or a filter that does not fit it.</summary>
    public static ReadWant Of(string wireName, string filter)
    {
        if (XapiCodec.Find(wireName) is not { } codec || codec.WireName != wireName || Access.Inheritance.IsForAdministratorsOnly(codec.Class))
            throw new PluginException($"there is no class '{wireName}' to read; classes are XAPI's, such as VM or host");
        return Filter.TryParse(filter, codec.Class, out var compiled, out var error) ? new(codec.Class, compiled)
            : throw new PluginException($"the filter '{filter}' for {wireName} cannot be used: {error.Message}");
    }

    public bool Matches(PoolPicture pool, XapiObject value) => value.Class == Class && Filter.Matches(pool, value);
}

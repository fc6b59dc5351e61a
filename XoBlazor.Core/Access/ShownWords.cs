using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// What hosts wrote in sentences, as somebody may read it who sees a part of a pool: references, uuids and names of what is not seen give way to
/// <see cref="Hidden"/>. A name counts where it stands by itself, and as long as an object has it; one that something in view has, too, stays.
/// </summary>
internal sealed partial class ShownWords
{
    public const string Hidden = "an object you may not see";

    private readonly NameTable? _names;
    private readonly Func<string, bool> _sees;
    private readonly Func<string, bool> _isShown;

    private ShownWords(NameTable? names, Func<string, bool> sees, Func<string, bool> isShown) => (_names, _sees, _isShown) = (names, sees, isShown);

    /// <summary>Nothing gives way.</summary>
    public static ShownWords All { get; } = new(null, static _ => true, static _ => true);

    /// <summary>Everything gives way: what it is about is not known.</summary>
    public static ShownWords None { get; } = new(null, static _ => false, static _ => false);

    /// <param name="pool">The whole pool that the words are from.</param>
    /// <param name="sees">Whether the object with a reference is in view.</param>
    public static ShownWords Of(PoolPicture pool, Func<string, bool> sees) => new(NameTable.Of(pool), sees,
        identity => pool.Get(identity) is { } there ? sees(there.Ref) : pool.AllByUuid(identity.ToLowerInvariant()).Any(o => sees(o.Ref)));

    /// <param name="objects">All that was there when the words were written.</param>
    /// <param name="seen">What of it is in view.</param>
    public static ShownWords Of(IEnumerable<XapiObject> objects, IReadOnlyCollection<XapiObject> seen)
    {
        var references = seen.Select(o => o.Ref).ToHashSet(StringComparer.Ordinal);
        var uuids = seen.Select(o => o.Uuid).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new(new(objects), references.Contains, identity => references.Contains(identity) || uuids.Contains(identity));
    }

    /// <summary>A sentence.</summary>
    public string Of(string text)
    {
        if (ReferenceEquals(this, All) || text.Length == 0)
            return text;
        if (ReferenceEquals(this, None))
            return Hidden;
        var shown = new StringBuilder();
        var at = 0;
        for (var from = 0; _names!.Find(text, from) is var (start, end, bearers); from = end)
        {
            if (bearers.Any(_sees))
                continue;
            shown.Append(WithoutIdentities(text[at..start])).Append(Hidden);
            at = end;
        }

        return at == 0 ? WithoutIdentities(text) : shown.Append(WithoutIdentities(text[at..])).ToString();
    }

    /// <summary>A value that may be nothing but a name, however short.</summary>
    public string OfValue(string value) =>
        _names?.Bearers(value) is { Count: > 0 } bearers && !bearers.Any(_sees) ? Hidden : Of(value);

    /// <summary>A task or message with its words as they may be read; anything else as it is. The same instance where nothing gives way.</summary>
    public XapiObject Of(XapiObject value) => value switch
    {
        XapiTask task => Of(task),
        XapiMessage message => Of(message.Body) is var body && body == message.Body ? message : message with { Body = body },
        _ => value,
    };

    private XapiTask Of(XapiTask task)
    {
        var (isSame, errors, config) = (true, ImmutableArray.CreateBuilder<string>(), new List<KeyValuePair<string, string>>());
        foreach (var error in task.ErrorInfo)
            errors.Add(Checked(OfValue(error), error));
        foreach (var (key, entry) in task.OtherConfig.Entries)
            config.Add(new(Checked(Of(key), key), Checked(OfValue(entry), entry)));
        var (name, description) = (Checked(Of(task.NameLabel), task.NameLabel), Checked(Of(task.NameDescription), task.NameDescription));
        var (result, trace) = (Checked(Of(task.Result), task.Result), Checked(Of(task.Backtrace), task.Backtrace));
        return isSame ? task : task with
        {
            NameLabel = name,
            NameDescription = description,
            ErrorInfo = errors.DrainToImmutable(),
            OtherConfig = XenMap<string, string>.Of([.. config.DistinctBy(c => c.Key)]),
            Result = result,
            Backtrace = trace,
        };

        string Checked(string shown, string written)
        {
            isSame &= shown == written;
            return shown;
        }
    }

    private string WithoutIdentities(string text) =>
        text.Contains('-', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal) ? Identity().Replace(text, m => m.Value == XenRefText.Null || _isShown(m.Value) ? m.Value : Hidden) : text;

    [GeneratedRegex("OpaqueRef:[0-9a-z-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Identity();
}

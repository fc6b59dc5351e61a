using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Access;

/// <summary>
/// What hosts wrote in sentences, as somebody may read it who sees a part of a pool: references, uuids and names of what is not seen give way to
/// <see cref="Hidden"/>. A name counts where it stands by itself, when an object has or had it; one that something in view has or had, too, stays.
/// </summary>
internal sealed partial class ShownWords
{
    public const string Hidden = "an object you may not see";

    private readonly NameTable? _names;
    private readonly FormerNames? _formerNames;
    private readonly Func<string, bool> _sees;
    private readonly Func<string, bool> _isShown;
    private readonly Func<string, bool> _remembers;

    private ShownWords(NameTable? names, FormerNames? formerNames, Func<string, bool> sees, Func<string, bool> isShown, Func<string, bool> remembers) =>
        (_names, _formerNames, _sees, _isShown, _remembers) = (names, formerNames, sees, isShown, remembers);

    /// <summary>Nothing gives way.</summary>
    public static ShownWords All { get; } = new(null, null, static _ => true, static _ => true, static _ => true);

    /// <summary>Everything gives way: what it is about is not known.</summary>
    public static ShownWords None { get; } = new(null, null, static _ => false, static _ => false, static _ => false);

    /// <summary>Everything gives way, too, as long as it is not known yet what the pool's objects were called.</summary>
    /// <param name="pool">The whole pool that the words are from.</param>
    /// <param name="sees">Whether the object with a reference is in view.</param>
    /// <param name="remembers">Whether an object that is gone would be in view as it was last.</param>
    public static ShownWords Of(PoolPicture pool, Func<string, bool> sees, Func<Surroundings, XapiObject, bool> remembers)
    {
        var former = pool.Former;
        return former.IsWhole ? new(NameTable.Of(pool), former, sees, IsShown, Remembers) : None;

        bool IsShown(string identity) => pool.Get(identity) is { } there ? sees(there.Ref) : pool.AllByUuid(identity.ToLowerInvariant()).Any(o => sees(o.Ref));

        // What is there now is judged as it is now.
        bool Remembers(string bearer) =>
            Bearers(pool, bearer) is { Count: > 0 } present ? present.Any(o => sees(o.Ref))
            : former.Gone is { } gone && Bearers(gone, bearer).Any(last => remembers(new(pool, gone), last));
    }

    /// <summary>A sentence.</summary>
    public string Of(string text)
    {
        if (ReferenceEquals(this, All) || text.Length == 0)
            return text;
        if (ReferenceEquals(this, None))
            return Hidden;
        StringBuilder? shown = null;
        // How far the text is written, where names begin that stay, one reaching into the next, and where they end: what lies within one is a part of it.
        var (at, first, kept) = (0, 0, 0);
        for (var from = 0; _names!.Find(text, from, kept, _formerNames!) is var (start, end, now, before);)
        {
            if (start >= kept)
                first = start;
            kept = end;
            if (now.Any(_sees) || before.Any(_remembers))
            {
                from = NameWords.End(text, start);
                continue;
            }

            // Of a name that would be cut off nothing stays.
            (shown ??= new()).Append(WithoutIdentities(text[at..first])).Append(Hidden);
            at = from = end;
        }

        return shown is null ? WithoutIdentities(text) : shown.Append(WithoutIdentities(text[at..])).ToString();
    }

    /// <summary>A value that may be nothing but a name, however short.</summary>
    public string OfValue(string value) => IsHiddenName(NameWords.Core(value)) ? Hidden : Of(value);

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

    private bool IsHiddenName(ReadOnlySpan<char> name)
    {
        if (_names is null)
            return false;
        var now = _names.Bearers(name);
        return (_formerNames!.TryFind(name, out var before) || now.Count > 0) && !now.Any(_sees) && !before.Any(_remembers);
    }

    private static List<XapiObject> Bearers(PoolPicture pool, string identity) => pool.Get(identity) is { } there ? [there] : [.. pool.AllByUuid(identity)];

    private string WithoutIdentities(string text) =>
        text.Contains('-', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal) ? Identity().Replace(text, m => m.Value == XenRefText.Null || _isShown(m.Value) ? m.Value : Hidden) : text;

    [GeneratedRegex("OpaqueRef:[0-9a-z-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Identity();
}

using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Pools;

/// <summary>
/// Follows one pool over one session: reads everything once, then applies what the host tells, and reads a class anew when the host's
/// counts show that deletions were lost (XAPI remembers only the last few hundred). A token is good as long as its session: after a cut line
/// following goes on where it was, after a lost session a new reader starts over.
/// </summary>
internal sealed class PoolReader(XapiConnection connection, PoolWriter writer, PoolLinkOptions options, Action<StoreBatch?, bool> answered)
{
    private const int AnswersPerContext = 500;
    private const int MostRereads = 2;

    private static readonly string[] s_everything = ["*"];

    /// <summary>Classes without events, and messages, which are no rows of the host's database: their counts say nothing.</summary>
    private static readonly HashSet<XapiClass> s_uncounted =
        [XapiClass.XapiSession, XapiClass.XapiUser, XapiClass.XapiSecret, XapiClass.XapiRole, XapiClass.XapiMessage];

    private readonly Dictionary<XapiClass, int> _rereads = [];
    private HashSet<XapiClass> _suspects = [];
    private DecodeContext _context = new();
    private string _token = "";
    private int _answers;

    /// <summary>The pool was read whole once, so that following may go on where it broke off, as long as the session lives.</summary>
    public bool HasListed => _token.Length > 0;

    /// <summary>Reads everything unless that was done, then follows. Ends only by an exception; may be called again after one.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!HasListed)
            await ListAsync(cancellation);
        while (true)
        {
            // A doubt is looked into at once; otherwise the host holds the call until there is news.
            await StepAsync(_suspects.Count > 0 ? TimeSpan.Zero : options.EventTimeout, cancellation);
        }
    }

    /// <summary>Asks once for what happened meanwhile, without waiting for more.</summary>
    public Task CatchUpAsync(CancellationToken cancellation) => StepAsync(TimeSpan.Zero, cancellation);

    private async Task ListAsync(CancellationToken cancellation)
    {
        await connection.LogInAsync(cancellation);
        var batch = await connection.EventFromAsync(s_everything, "", options.EventTimeout, _context, Present, cancellation);
        var listing = writer.ApplyListing(States(batch), unreadable: batch.Unreadable.Select(u => u.Ref));
        _token = batch.Token;
        _context = Knowing();
        answered(listing, true);
    }

    private async Task StepAsync(TimeSpan wait, CancellationToken cancellation)
    {
        var batch = await connection.EventFromAsync(s_everything, _token, wait, Context(), Present, cancellation, options.EventGrace);
        var applied = writer.Apply(Updates(batch));
        _token = batch.Token;
        answered(applied, false);

        var doubtful = Doubtful(batch);
        foreach (var type in doubtful.Where(_suspects.Contains).ToList())
        {
            await RereadAsync(type, cancellation);
            doubtful.Remove(type);
        }

        _suspects = doubtful;
    }

    /// <summary>Deletions win: XAPI never gives a reference away twice, so whatever else an answer says of the object is older.</summary>
    internal static IEnumerable<ObjectUpdate> Updates(XapiEventBatch batch)
    {
        var gone = batch.Events.Where(e => e.Operation == EventOperation.Del).Select(e => e.Ref).ToHashSet(StringComparer.Ordinal);
        foreach (var told in batch.Events)
            if (told.Object is { } state && !gone.Contains(told.Ref))
                yield return ObjectUpdate.Present(state);
        foreach (var reference in gone)
            yield return ObjectUpdate.Gone(reference);
    }

    private static IEnumerable<XapiObject> States(XapiEventBatch batch) => batch.Events.Select(e => e.Object).OfType<XapiObject>();

    private HashSet<XapiClass> Doubtful(XapiEventBatch batch)
    {
        var doubtful = new HashSet<XapiClass>();
        foreach (var (type, count) in batch.ValidRefCounts)
        {
            if (s_uncounted.Contains(type))
                continue;
            if (writer.Picture.CountOf(type) == count)
                _rereads.Remove(type);
            else if (_rereads.GetValueOrDefault(type) < MostRereads)
                doubtful.Add(type);
        }

        return doubtful;
    }

    /// <summary>Reads one class as if for the first time. The answer's token is good for this class only and is thrown away.</summary>
    private async Task RereadAsync(XapiClass type, CancellationToken cancellation)
    {
        _rereads[type] = _rereads.GetValueOrDefault(type) + 1;
        var batch = await connection.EventFromAsync([XapiCodec.For(type).WireName], "", TimeSpan.Zero, Context(), Present, cancellation, options.EventGrace);
        answered(writer.ApplyListing(States(batch).Where(o => o.Class == type), [type], batch.Unreadable.Select(u => u.Ref)), false);
    }

    private XapiObject? Present(string reference) => writer.Picture.Get(reference);

    /// <summary>A context remembers every text it saw; a new one now and then keeps that bounded, and unchanged parts come from the picture anyway.</summary>
    private DecodeContext Context()
    {
        if (++_answers % AnswersPerContext == 0)
            _context = Knowing();
        return _context;
    }

    private DecodeContext Knowing() => new(reference => writer.Picture.Held(reference));
}

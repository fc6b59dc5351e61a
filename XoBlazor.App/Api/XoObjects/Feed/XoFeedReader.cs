using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>
/// The feed of one connection: the notification <c>all</c>, or nothing, until the client subscribes to something of its own. Follows what the connection's
/// actor may view: what comes into view enters, what goes exits. One thread reads (<see cref="ReadAsync"/>); the rest is safe from any thread.
/// Dispose it with its view.
/// </summary>
internal sealed class XoFeedReader : IDisposable
{
    /// <summary>Of one connection.</summary>
    public const int MostSubscriptions = 16;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly CancellationTokenSource _cut = new();
    private readonly XoFeeds _feeds;
    private readonly VisibleStore _view;
    private readonly bool _tellsAll;
    private readonly Func<string, ReadOnlyMemory<byte>>? _mark;
    private ImmutableArray<XoCursor> _cursors = [];
    private bool _isClosed;

    public XoFeedReader(XoFeeds feeds, VisibleStore view, bool tellsAll, Func<string, ReadOnlyMemory<byte>>? mark)
    {
        (_feeds, _view, _tellsAll, _mark) = (feeds, view, tellsAll, mark);
        AddAll();
        _view.Turned += Wake;
    }

    /// <summary>Cancelled when the client is too slow to be told of changes any longer: its connection is to be closed with <see cref="CutReason"/>.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Why the reader was cut off, for the client; null while it was not.</summary>
    public string? CutReason { get; private set; }

    /// <summary>
    /// Messages to send as they are, in order, until cancelled or cut off. Nothing waits in memory for a caller that is slow to ask for the next one: it
    /// is then told what the changes led to.
    /// </summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _cut.Token);
        while (true)
        {
            var hasMoved = false;
            foreach (var cursor in _cursors)
                foreach (var frame in Frames(cursor))
                {
                    hasMoved = true;
                    either.Token.ThrowIfCancellationRequested();
                    yield return frame;
                }

            if (!hasMoved)
                await _news.WaitAsync(either.Token);
            else if (_mark is not null && Position() is { } position)
                yield return _mark(position);
        }
    }

    /// <summary>
    /// Tells of some objects only, in place of <c>all</c>: first of those there are, or of what changed since the position of an earlier
    /// subscription to the same, then of changes. Asked for again it begins anew.
    /// </summary>
    public XoSubscribed Subscribe(XoFilter filter, IReadOnlyCollection<string>? fields, string? since) => Subscribe(new DeltaFormat(filter, fields), since);

    /// <inheritdoc cref="Subscribe(XoFilter, IReadOnlyCollection{string}?, string?)"/>
    /// <param name="since">A position that was told before; null for none.</param>
    /// <param name="fromNow">Of changes alone, where there is no position to go on from.</param>
    public XoSubscribed Subscribe(XoSubscription format, string? since, bool fromNow = false)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_cursors.Count(c => c.Format is XoSubscription other && other.Id != format.Id) >= MostSubscriptions)
                return new(format.Id, XoSubscribedHow.TooMany);
            RemoveLocked(c => c.Format is AllFormat || c.Format is XoSubscription before && before.Id == format.Id);
            var cursor = new XoCursor(this, format);
            var start = since is null ? null : _feeds.For(_view.Sight).At(since);
            cursor.Has.Add(start);
            Add(cursor, fromNow && start is null);
            return new(format.Id, start is null ? XoSubscribedHow.FromNothing : XoSubscribedHow.Resumed);
        }
    }

    /// <summary>Ends a subscription; false when there is none of this name. After the last one <c>all</c> is told again.</summary>
    public bool Unsubscribe(string id)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_cursors.Any(c => c.Format is XoSubscription own && own.Id == id))
                return false;
            RemoveLocked(c => c.Format is XoSubscription own && own.Id == id);
            if (_cursors.IsEmpty)
                AddAll();
            return true;
        }
    }

    public void Wake()
    {
        lock (_gate)
        {
            if (!_isClosed && _news.CurrentCount == 0)
                _news.Release();
        }
    }

    public void CutOff(string reason)
    {
        lock (_gate)
        {
            if (_isClosed || CutReason is not null)
                return;
            CutReason = reason;
        }

        _cut.Cancel();
    }

    public void Dispose()
    {
        _view.Turned -= Wake;
        lock (_gate)
        {
            _isClosed = true;
            RemoveLocked(_ => true);
        }
    }

    /// <summary>What one cursor's client is to be told now.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Frames(XoCursor cursor)
    {
        while (Feed(cursor) is { } feed && feed.Next(cursor) is { } next)
        {
            var isTold = true;
            foreach (var frame in next.Frames ?? Compare(cursor, feed, next))
            {
                yield return frame;
                isTold = ReferenceEquals(feed.Sight, _view.Sight);
                if (!isTold)
                    break;
            }

            if (isTold)
                feed.Reach(cursor, next.Number, next.Target);
            else
                cursor.Has.Add(next.Target); // Some of it has been told: the way to what may be viewed now begins here as well.
        }
    }

    /// <summary>The feed that the cursor is read from, another one when its view turned; null when the cursor was taken away.</summary>
    private XoFeed? Feed(XoCursor cursor)
    {
        lock (_gate)
        {
            if (!_cursors.Contains(cursor))
                return null;
            if (ReferenceEquals(cursor.Feed!.Sight, _view.Sight))
                return cursor.Feed;
            cursor.Feed.Leave(cursor);
            _feeds.Join(cursor, _view.Sight, fromNow: false);
            return cursor.Feed;
        }
    }

    /// <summary>From what the client has to the present, in pieces that are made as they are taken.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Compare(XoCursor cursor, XoFeed feed, XoNext next)
    {
        using var differences = new XoDifferences();
        using var writer = cursor.Format.NewWriter();
        var frames = new List<ReadOnlyMemory<byte>>();
        foreach (var has in cursor.Has)
            foreach (var change in differences.Between(has, next.Target))
            {
                writer.Add(change);
                if (!writer.IsFull)
                    continue;
                writer.Take(feed.Position(next.Number), isLast: false, frames);
                foreach (var frame in frames)
                    yield return frame;
                frames.Clear();
            }

        writer.Take(feed.Position(next.Number), isLast: true, frames);
        foreach (var frame in frames)
            yield return frame;
    }

    /// <summary>Where a client is that has all that was given out; null while parts of it have more than others.</summary>
    private string? Position()
    {
        lock (_gate)
        {
            // The slowest counts: what the others have more is told again then.
            return _cursors is [{ Feed: { } feed }, ..] && _cursors.All(cursor => ReferenceEquals(cursor.Feed, feed) && cursor.Number >= 0)
                ? feed.Position(_cursors.Min(cursor => cursor.Number)) : null;
        }
    }

    private void AddAll()
    {
        if (_tellsAll)
            Add(new(this, AllFormat.Instance), fromNow: true);
    }

    private void Add(XoCursor cursor, bool fromNow)
    {
        _feeds.Join(cursor, _view.Sight, fromNow);
        _cursors = _cursors.Add(cursor);
        Wake();
    }

    private void RemoveLocked(Predicate<XoCursor> which)
    {
        foreach (var cursor in _cursors.RemoveAll(c => !which(c)))
            cursor.Feed!.Leave(cursor);
        _cursors = _cursors.RemoveAll(which);
    }
}

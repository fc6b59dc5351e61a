using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>
/// What one rule knows to hold, and what it told of that. Makes notifications of findings: something that holds is told once it has held as long as the rule asks, again where
/// the rule reminds, and once more when it is well; something told is not told again within the rule's pause. Not safe from several threads.
/// </summary>
internal sealed class IncidentBook
{
    /// <summary>Beyond, nothing new is taken in: a rule that holds for more is no news.</summary>
    public const int Most = 10_000;

    /// <summary>Longer without a figure, and nobody knows what was between.</summary>
    private static readonly TimeSpan s_blindness = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _happened = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private readonly List<(Notification Notification, XapiObject? About)> _told = [];

    public IncidentBook(NotificationRule rule, IEnumerable<Incident> kept)
    {
        Rule = rule;
        foreach (var incident in kept)
            _entries[incident.Subject] = new(incident.Since) { Kept = incident, Finding = null, IsHeld = incident.Ended is null };
    }

    public NotificationRule Rule { get; set; }

    public DateTimeOffset Now { get; set; }

    /// <summary>What holds, told or not.</summary>
    public IEnumerable<string> Held => _entries.Where(pair => pair.Value.IsHeld).Select(pair => pair.Key);

    public bool IsHeld(string subject) => _entries.TryGetValue(subject, out var entry) && entry.IsHeld;

    /// <summary>Something holds; it may have before.</summary>
    public void Holds(string subject, Finding finding)
    {
        if (!_entries.TryGetValue(subject, out var entry))
        {
            if (_entries.Count >= Most)
                return;
            _entries[subject] = entry = new(finding.Since ?? Now);
        }
        else if (!entry.IsHeld)
        {
            (entry.Since, entry.Seen) = (finding.Since ?? Now, null);
        }

        // What has to be seen all the time, and was not, begins anew.
        if (finding.NeedsSight && !entry.IsTold && entry.Seen is { } seen && Now - seen > s_blindness)
            entry.Since = Now;
        (entry.IsHeld, entry.Finding, entry.Seen) = (true, finding, Now);
        if (entry.IsTold && !finding.Parts.IsSubsetOf(entry.Kept!.Parts))
            TellAgain(subject, entry, finding);
    }

    /// <summary>It does not hold, or not any more.</summary>
    /// <param name="end">What is said of that; null for the usual.</param>
    public void HoldsNot(string subject, Finding? end)
    {
        if (!_entries.TryGetValue(subject, out var entry) || !entry.IsHeld)
            return;
        entry.IsHeld = false;
        if (!entry.IsTold)
        {
            if (entry.Kept is null)
                _entries.Remove(subject);
            return;
        }

        var kept = entry.Kept! with { Ended = Now };
        entry.Kept = kept;
        _changed.Add(subject);
        if (!Rule.TellsEnd)
            return;
        // What is well again is no warning, and goes to whoever may view what it was about.
        var told = kept.Notification with
        {
            Id = Notification.IdOf(Rule.Id, subject, NotificationKind.Ended, kept.Since),
            Kind = NotificationKind.Ended,
            Severity = NotificationSeverity.Information,
            Title = Cut(end?.Title ?? $"Well again: {kept.Notification.Title}", Notification.LongestTitle),
            Text = Cut(end?.Text is { Length: > 0 } text ? text : $"It lasted {Lasted(Now - kept.Since)}.", Notification.LongestText),
            Time = Now,
        };
        _told.Add((told, end?.About ?? entry.Finding?.About));
    }

    /// <summary>Something happened and is over with that.</summary>
    /// <param name="key">The same for the same thing whenever it is found.</param>
    /// <param name="like">What it has in common with others that are not told within the rule's pause.</param>
    public void Happened(string key, string like, Finding finding)
    {
        if (!_happened.Add(key))
            return;
        _order.Enqueue(key);
        if (_order.Count > Most)
            _happened.Remove(_order.Dequeue());
        if (Rule.Pause == TimeSpan.Zero)
        {
            Tell(Make(key, NotificationKind.Happened, finding, null), finding.About);
            return;
        }

        var subject = "~" + like;
        if (_entries.TryGetValue(subject, out var entry) && entry.Kept is { } before && Now - before.LastTold < Rule.Pause)
        {
            (entry.More, entry.Finding, entry.MoreKey) = (entry.More + 1, finding, key);
            return;
        }

        TellHappened(subject, entry, key, finding);
    }

    /// <summary>Looks what is due to be told now.</summary>
    public void Tick()
    {
        foreach (var (subject, entry) in _entries.ToList())
        {
            if (entry.IsHeld && !entry.IsTold)
            {
                if (entry.Finding is { } finding && (!finding.NeedsSight || entry.Seen == Now) && Now - entry.Since >= Rule.When.Patience && (entry.Kept is null || Now - entry.Kept.Told >= Rule.Pause))
                    Begin(subject, entry, finding);
            }
            else if (entry.IsHeld)
            {
                if (Rule.Remind is { } remind && entry.Finding is { } still && Now - entry.Kept!.LastTold >= remind)
                {
                    entry.Kept = entry.Kept with { LastTold = Now };
                    _changed.Add(subject);
                    Tell(Make(subject, NotificationKind.Reminder, still, entry.Kept, Now) with { Title = Cut($"Still: {still.Title}", Notification.LongestTitle) }, still.About);
                }
            }
            else if (entry.Kept is { } over && Now - (over.Ended is null || subject[0] == '~' ? over.LastTold : over.Told) >= Rule.Pause)
            {
                if (entry.More > 0)
                    TellHappened(subject, entry, entry.MoreKey!, entry.Finding!);
                else
                    Forget(subject);
            }
        }
    }

    /// <summary>Everything that lies in these pools is forgotten, and no end told.</summary>
    public void Drop(Func<string, bool> isGone)
    {
        foreach (var subject in _entries.Where(pair => (pair.Value.Kept?.Notification.Pool ?? pair.Value.Finding?.Pool) is { } pool && isGone(pool)).Select(pair => pair.Key).ToList())
            Forget(subject);
    }

    /// <summary>All of it is forgotten.</summary>
    public void Drop()
    {
        foreach (var subject in _entries.Keys.ToList())
            Forget(subject);
    }

    /// <summary>What is new since the last call.</summary>
    public (ImmutableArray<Incident> Changed, ImmutableArray<(Guid Rule, string Subject)> Forgotten, ImmutableArray<(Notification Notification, XapiObject? About)> Told) Take()
    {
        var taken = (
            _changed.Select(subject => _entries.GetValueOrDefault(subject)?.Kept).OfType<Incident>().ToImmutableArray(),
            _forgotten.Except(_changed).Select(subject => (Rule.Id, subject)).ToImmutableArray(),
            _told.ToImmutableArray());
        _changed.Clear();
        _forgotten.Clear();
        _told.Clear();
        return taken;
    }

    private void Begin(string subject, Entry entry, Finding finding)
    {
        var began = Make(subject, NotificationKind.Began, finding, null, entry.Since);
        entry.Kept = new() { Rule = Rule.Id, Subject = subject, Since = entry.Since, Told = Now, LastTold = Now, Notification = began, Parts = finding.Parts };
        _changed.Add(subject);
        Tell(began, finding.About);
    }

    private void TellAgain(string subject, Entry entry, Finding finding)
    {
        entry.Kept = entry.Kept! with { LastTold = Now, Parts = finding.Parts.Union(entry.Kept.Parts) };
        _changed.Add(subject);
        Tell(Make(subject, NotificationKind.Began, finding, entry.Kept, Now), finding.About);
    }

    private void TellHappened(string subject, Entry? entry, string key, Finding finding)
    {
        var told = Make(key, NotificationKind.Happened, finding, null);
        if (entry is { More: > 1 })
            told = told with { Text = Cut($"{finding.Text}\n{entry.More - 1} more like it came since {entry.Kept!.LastTold.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}.".Trim(), Notification.LongestText) };
        if (_entries.Count < Most || entry is not null)
        {
            _entries[subject] = new(Now) { Kept = new() { Rule = Rule.Id, Subject = subject, Since = Now, Told = Now, LastTold = Now, Ended = Now, Notification = told } };
            _changed.Add(subject);
        }

        Tell(told, finding.About);
    }

    private Notification Make(string key, NotificationKind kind, Finding finding, Incident? of, DateTimeOffset? at = null)
    {
        var id = Notification.IdOf(Rule.Id, key, kind, at);
        return new()
        {
            Id = id,
            Rule = Rule.Id,
            Kind = kind,
            Severity = finding.Severity ?? Rule.Severity,
            Title = Cut(finding.Title, Notification.LongestTitle),
            Text = Cut(finding.Text, Notification.LongestText),
            Incident = of?.Notification.Incident ?? id,
            Time = Now,
            Pool = finding.Pool,
            About = finding.Key,
            Class = finding.Class,
            Right = finding.Right,
        };
    }

    private void Tell(Notification told, XapiObject? about) => _told.Add((told, about));

    private void Forget(string subject)
    {
        _entries.Remove(subject);
        _changed.Remove(subject);
        _forgotten.Add(subject);
    }

    private static string Cut(string text, int most)
    {
        var shown = ForeignText.Shown(text);
        return shown.Length <= most ? shown : shown[..(most - 1)] + "…";
    }

    private static string Lasted(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => $"{Math.Max(span.TotalSeconds, 0):0} seconds",
        { TotalHours: < 2 } => $"{span.TotalMinutes:0} minutes",
        { TotalDays: < 2 } => $"{span.TotalHours:0} hours",
        _ => $"{span.TotalDays:0} days",
    };

    private sealed class Entry(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; set; } = since;

        public bool IsHeld { get; set; }

        /// <summary>When it was found last.</summary>
        public DateTimeOffset? Seen { get; set; }

        /// <summary>What was found last; null since the server's start for what was told before it.</summary>
        public Finding? Finding { get; set; }

        /// <summary>What was told; of an earlier time where <see cref="IsTold"/> is false.</summary>
        public Incident? Kept { get; set; }

        public bool IsTold => Kept is { Ended: null };

        /// <summary>Likes that were not told.</summary>
        public int More { get; set; }

        public string? MoreKey { get; set; }
    }
}

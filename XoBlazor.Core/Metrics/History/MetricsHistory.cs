using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics.History;

/// <summary>
/// Figures of VMs, hosts and storage over any time: what was written down, and what the hosts' own archives have besides, as one series with gaps where neither knows
/// anything. Nothing is judged here: whoever asks has found the object in what the requester may view. Fails with <see cref="HistoryException"/> only.
/// Safe from any thread.
/// </summary>
public sealed class MetricsHistory
{
    private readonly HistoryStore _history;
    private readonly MetricsReader _reader;
    private readonly TimeSpan _fineAge;
    private readonly Func<HistoryState> _state;
    private readonly Func<string, TimeSpan> _clockOffset;
    private readonly TimeProvider _time;

    /// <param name="state">How the writing goes.</param>
    /// <param name="clockOffset">The clock of a pool minus ours.</param>
    internal MetricsHistory(HistoryStore history, MetricsReader reader, HistoryOptions options, Func<HistoryState> state, Func<string, TimeSpan> clockOffset, TimeProvider time) =>
        (_history, _reader, _fineAge, _state, _clockOffset, _time) = (history, reader, options.FineAge, state, clockOffset, time);

    /// <summary>How the writing goes.</summary>
    public HistoryState State => _state();

    /// <summary>The values that can be had of a time, which ends now at the latest.</summary>
    public HistoryRange Range(DateTimeOffset from, DateTimeOffset to) => HistoryRange.Of(from, to, _time.GetUtcNow(), _fineAge);

    /// <summary>Of one VM, host or storage.</summary>
    public async Task<ObjectHistory> ReadAsync(ObjectKey key, MetricsOwner owner, HistoryRange range, CancellationToken cancellation)
    {
        var filled = new Filled(owner, range);
        var offset = _clockOffset(key.Pool);
        string? problem = null;
        foreach (var source in Sources(range))
        {
            if (source.Own is { } isHourly)
                filled.Add(await Task.Run(() => _history.Read(new(owner, key), range.From, range.To, isHourly), cancellation), TimeSpan.Zero);
            else if (owner != MetricsOwner.Sr && problem is null && source.Archive is { } archive && filled.HasGap(_time.GetUtcNow() - (archive.Step() * archive.Points())))
                problem = await AddArchiveAsync(filled, key, owner, archive, offset, cancellation);
        }

        return new(filled.ToMetrics(), problem);
    }

    /// <summary>Of storage, added up.</summary>
    public async Task<ObjectHistory> OfStorageAsync(IEnumerable<ObjectKey> storage, HistoryRange range, CancellationToken cancellation)
    {
        var sum = new Filled(MetricsOwner.Sr, range);
        foreach (var key in storage)
            sum.Sum((await ReadAsync(key, MetricsOwner.Sr, range, cancellation)).Metrics);
        return new(sum.ToMetrics(), null);
    }

    // What covers a value whole comes before what is finer and covers a part of it.
    private static IEnumerable<(bool? Own, MetricsGranularity? Archive)> Sources(HistoryRange range) => range.Step switch
    {
        < 60 => [(null, MetricsGranularity.Seconds), (null, MetricsGranularity.Minutes), (false, null)],
        < 300 => [(null, MetricsGranularity.Minutes), (false, null), (null, MetricsGranularity.Seconds)],
        < 3600 => [(false, null), (null, MetricsGranularity.Minutes), (true, null), (null, MetricsGranularity.Hours), (null, MetricsGranularity.Days)],
        < 86400 => [(true, null), (null, MetricsGranularity.Hours), (false, null), (null, MetricsGranularity.Minutes), (null, MetricsGranularity.Days)],
        _ => [(true, null), (null, MetricsGranularity.Days), (null, MetricsGranularity.Hours), (false, null), (null, MetricsGranularity.Minutes)],
    };

    /// <summary>Null, or why there is nothing to be had.</summary>
    private async Task<string?> AddArchiveAsync(Filled filled, ObjectKey key, MetricsOwner owner, MetricsGranularity archive, TimeSpan offset, CancellationToken cancellation)
    {
        try
        {
            var told = owner == MetricsOwner.Host ? await _reader.OfHostAsync(key, archive, cancellation) : await _reader.OfVmAsync(key, archive, cancellation);
            filled.Add(HistoryFigures.Of(owner, told), offset);
            return null;
        }
        catch (MetricsException none)
        {
            return none.Message;
        }
    }

    /// <summary>Values that are put together from several sources: who comes first counts.</summary>
    private sealed class Filled
    {
        private readonly HistoryRange _range;
        private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);
        private readonly string _first;

        public Filled(MetricsOwner owner, HistoryRange range)
        {
            _range = range;
            var kept = HistorySeriesFacts.KeptOf(owner);
            _first = kept[0].Name();
            foreach (var series in kept)
            {
                var values = new float[range.Count];
                Array.Fill(values, float.NaN);
                _values[series.Name()] = values;
            }
        }

        public bool HasGap(DateTimeOffset since)
        {
            for (var at = (int)Math.Clamp((since.ToUnixTimeSeconds() - _range.From) / _range.Step, 0, _range.Count); at < _range.Count; at++)
                if (float.IsNaN(_values[_first][at]))
                    return true;
            return false;
        }

        /// <param name="offset">The clock of who tells, minus ours.</param>
        public void Add(ObjectMetrics told, TimeSpan offset)
        {
            if (told.Count == 0)
                return;
            foreach (var (name, values) in told.Series)
                if (_values.TryGetValue(name, out var own))
                {
                    if ((long)told.Step.TotalSeconds <= _range.Step)
                        AddMeans(own, told, values, offset);
                    else
                        AddParts(own, told, values, offset);
                }
        }

        public void Sum(ObjectMetrics other)
        {
            foreach (var (name, values) in other.Series)
                for (var at = 0; at < _range.Count; at++)
                    if (!float.IsNaN(values[at]))
                        _values[name][at] = (float.IsNaN(_values[name][at]) ? 0 : _values[name][at]) + values[at];
        }

        public ObjectMetrics ToMetrics() => new(_range.End, TimeSpan.FromSeconds(_range.Step), _range.Count,
            _values.ToFrozenDictionary(pair => pair.Key, pair => ImmutableCollectionsMarshal.AsImmutableArray(pair.Value), StringComparer.Ordinal));

        private void AddMeans(float[] own, ObjectMetrics told, ImmutableArray<float> values, TimeSpan offset)
        {
            var (sums, counts) = (new double[own.Length], new int[own.Length]);
            var half = told.Step / 2;
            for (var at = 0; at < values.Length; at++)
            {
                if (float.IsNaN(values[at]))
                    continue;
                var moment = (told.TimeOf(at) - half - offset).ToUnixTimeSeconds();
                if (moment >= _range.From && (moment - _range.From) / _range.Step is var place && place < own.Length)
                    (sums[place], counts[place]) = (sums[place] + values[at], counts[place] + 1);
            }

            for (var place = 0; place < own.Length; place++)
                if (counts[place] > 0 && float.IsNaN(own[place]))
                    own[place] = (float)(sums[place] / counts[place]);
        }

        // A value of a longer time holds for each of its parts.
        private void AddParts(float[] own, ObjectMetrics told, ImmutableArray<float> values, TimeSpan offset)
        {
            var (end, step) = ((told.End - offset).ToUnixTimeSeconds(), (long)told.Step.TotalSeconds);
            for (var place = 0; place < own.Length; place++)
            {
                var before = end - (_range.From + (place * _range.Step) + (_range.Step / 2));
                if (float.IsNaN(own[place]) && before >= 0 && values.Length - 1 - (before / step) is >= 0 and var at)
                    own[place] = values[(int)at];
            }
        }
    }
}

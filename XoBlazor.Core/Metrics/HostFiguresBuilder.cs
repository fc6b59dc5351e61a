using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace XoBlazor.Core.Metrics;

/// <summary>
/// Puts together what a host tells of its archives, column by column, in whatever order its rows come. A host is not trusted: how much it may tell is limited, and
/// what is over the limit fails as <see cref="InvalidDataException"/>. Used by one reader.
/// </summary>
internal sealed class HostFiguresBuilder
{
    /// <summary>A year of days and some.</summary>
    private const int MostRows = 400;

    /// <summary>A thousand VMs with fifty figures each.</summary>
    private const int MostColumns = 50_000;
    private const int MostValues = 8_000_000;
    private const int LongestName = 100;

    private readonly List<(MetricsOwner Owner, string Uuid, string Name)?> _legend = [];
    private readonly List<(long Time, float[] Values)> _rows = [];
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private float[] _row = [];

    /// <summary>Seconds between two rows; zero until the host said so.</summary>
    public long Step { get; set; }

    /// <summary>Adds the name of the next column, such as <c>AVERAGE:vm:UUID:cpu0</c>. What cannot be understood keeps its place and nothing else.</summary>
    public void AddColumn(ReadOnlySpan<byte> entry)
    {
        if (_legend.Count == MostColumns)
            throw new InvalidDataException($"there are more than {MostColumns} columns");
        _legend.Add(Read(entry));
    }

    public void BeginRow()
    {
        if (_legend.Count == 0)
            throw new InvalidDataException("there are values before the legend");
        if (_rows.Count == MostRows || (long)(_rows.Count + 1) * _legend.Count > MostValues)
            throw new InvalidDataException($"there is more than {MostRows} rows or {MostValues} values");
        _row = new float[_legend.Count];
    }

    public void Set(int column, double value)
    {
        if (column >= _row.Length)
            throw new InvalidDataException("a row has more values than the legend has columns");
        _row[column] = double.IsFinite(value) ? (float)value : float.NaN;
    }

    /// <param name="columns">How many values came.</param>
    public void EndRow(long time, int columns)
    {
        if (columns != _legend.Count)
            throw new InvalidDataException($"a row has {columns} values where the legend has {_legend.Count} columns");
        _rows.Add((time, _row));
    }

    /// <summary>What was told.</summary>
    /// <param name="most">The newest so many moments are taken.</param>
    public HostFigures Finish(int most)
    {
        if (Step is <= 0 or > 366 * 86400L)
            throw new InvalidDataException("no sensible step is named");
        if (_rows.Exists(row => row.Time is <= 0 or > uint.MaxValue))
            throw new InvalidDataException("a row is of no sensible moment");
        var (newest, oldest) = _rows.Count > 0 ? (_rows.Max(row => row.Time), _rows.Min(row => row.Time)) : (0, 0);
        var count = _rows.Count > 0 ? (int)Math.Min(most, ((newest - oldest) / Step) + 1) : 0;
        if ((long)count * _legend.Count > MostValues)
            throw new InvalidDataException("its rows are too far apart");
        var none = new ObjectMetrics(DateTimeOffset.FromUnixTimeSeconds(newest), TimeSpan.FromSeconds(Step), count, FrozenDictionary<string, ImmutableArray<float>>.Empty);
        var owners = new Dictionary<(MetricsOwner, string), Dictionary<string, ImmutableArray<float>>>();
        for (var column = 0; column < _legend.Count && count > 0; column++)
        {
            if (_legend[column] is not { } name)
                continue;
            ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(owners, (name.Owner, name.Uuid), out _);
            (series ??= new(StringComparer.Ordinal))[name.Name] = Column(column, newest, count);
        }

        return new(none, owners.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenDictionary(StringComparer.Ordinal)), owners.Values.Sum(one => one.Count));
    }

    private ImmutableArray<float> Column(int column, long newest, int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        foreach (var (time, row) in _rows)
            if (count - 1 - ((newest - time) / Step) is >= 0 and var place)
                values[place] = row[column];
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private (MetricsOwner, string, string)? Read(ReadOnlySpan<byte> entry)
    {
        if (!Take(ref entry, "AVERAGE:"u8))
            return null;
        MetricsOwner owner;
        if (Take(ref entry, "vm:"u8))
            owner = MetricsOwner.Vm;
        else if (Take(ref entry, "host:"u8))
            owner = MetricsOwner.Host;
        else if (Take(ref entry, "sr:"u8))
            owner = MetricsOwner.Sr;
        else
            return null;
        var colon = entry.IndexOf((byte)':');
        if (colon <= 0 || entry.Length - colon - 1 is 0 or > LongestName || !Guid.TryParse(Encoding.ASCII.GetString(entry[..colon]), out _))
            return null;
        return (owner, Word(entry[..colon]), Word(entry[(colon + 1)..]));
    }

    // A few words stand in all columns.
    private string Word(ReadOnlySpan<byte> text)
    {
        var word = Encoding.UTF8.GetString(text);
        if (_words.TryGetValue(word, out var known))
            return known;
        _words.Add(word, word);
        return word;
    }

    private static bool Take(ref ReadOnlySpan<byte> entry, ReadOnlySpan<byte> beginning)
    {
        if (!entry.StartsWith(beginning))
            return false;
        entry = entry[beginning.Length..];
        return true;
    }
}

using System.Globalization;

namespace XoBlazor.Simulator.Datamodel;

/// <summary>
/// A point on XenAPI's time line: one of the named releases (<c>rio</c> … <c>stockholm_psr</c>), later a plain version of
/// xapi (<c>24.19.2</c>). Every fact of the datamodel names the one it came with.
/// </summary>
internal readonly record struct Release(int Rank, Version Version) : IComparable<Release>
{
    private const int Numbered = 1000;

    public static Release Latest { get; } = new(int.MaxValue, new(0, 0));

    public static Release Named(int rank) => new(rank, new(0, 0));

    public static bool TryParseNumber(string text, out Release release)
    {
        var parts = text.Split('-', '+')[0];
        if (parts.All(c => c == '.' || char.IsAsciiDigit(c)) && Version.TryParse(parts, out var version))
        {
            release = new(Numbered, new(version.Major, version.Minor, Math.Max(version.Build, 0)));
            return true;
        }

        release = default;
        return false;
    }

    public int CompareTo(Release other) => Rank != other.Rank ? Rank.CompareTo(other.Rank) : Version.CompareTo(other.Version);

    public static bool operator <=(Release left, Release right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Release left, Release right) => left.CompareTo(right) >= 0;

    public override string ToString() => Rank == Numbered
        ? Version.ToString(3) : Rank.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>A moment: a number of seconds since 1970, and the text <c>2026-11-22T12:56:45Z</c>. 1970 itself means never and matches nothing.</summary>
internal sealed class TimeProperty(string name, Func<XapiObject, DateTimeOffset> read) : FilterProperty(name, FilterValueKind.Number)
{
    internal override bool IsOwn => true;

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        var time = read(value);
        return time != DateTimeOffset.UnixEpoch
            && (test.Number(time.ToUnixTimeSeconds()) || test.Text(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }
}

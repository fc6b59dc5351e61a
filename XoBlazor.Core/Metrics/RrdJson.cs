using System.Buffers.Text;

namespace XoBlazor.Core.Metrics;

/// <summary>
/// Reads <c>/rrd_updates</c> in JSON, in the three forms there are (xapi-protocol.md §8.7): bare numbers; numbers as texts with the rows inside <c>meta</c>; numbers as texts.
/// Fails with <see cref="InvalidDataException"/> for what is none of them, and <see cref="EndOfStreamException"/> for what is not whole.
/// </summary>
internal sealed class RrdJson(RrdTokens tokens, HostFiguresBuilder into, CancellationToken cancellation)
{
    public async Task ReadAsync()
    {
        await ExpectAsync(RrdToken.BeginObject);
        await MembersAsync();
        if (await tokens.NextAsync(cancellation) != RrdToken.End)
            throw new InvalidDataException("there is something behind the metrics");
    }

    // The rows stand beside what describes them, or in it.
    private async Task MembersAsync()
    {
        while (await NameAsync())
        {
            var text = tokens.Text;
            if (text.SequenceEqual("meta"u8))
            {
                await ExpectAsync(RrdToken.BeginObject);
                await MembersAsync();
            }
            else if (text.SequenceEqual("step"u8))
            {
                into.Step = (long)await NumberAsync();
            }
            else if (text.SequenceEqual("legend"u8))
            {
                await LegendAsync();
            }
            else if (text.SequenceEqual("data"u8))
            {
                await RowsAsync();
            }
            else
            {
                await SkipAsync();
            }
        }
    }

    private async Task LegendAsync()
    {
        await ExpectAsync(RrdToken.BeginArray);
        RrdToken token;
        while ((token = await tokens.NextAsync(cancellation)) == RrdToken.Word)
            into.AddColumn(tokens.Text);
        Expect(RrdToken.EndArray, token);
    }

    private async Task RowsAsync()
    {
        await ExpectAsync(RrdToken.BeginArray);
        RrdToken token;
        while ((token = await tokens.NextAsync(cancellation)) == RrdToken.BeginObject)
            await RowAsync();
        Expect(RrdToken.EndArray, token);
    }

    private async Task RowAsync()
    {
        into.BeginRow();
        var (time, count) = (0.0, 0);
        while (await NameAsync())
        {
            if (tokens.Text.SequenceEqual("t"u8))
                time = await NumberAsync();
            else if (tokens.Text.SequenceEqual("values"u8))
                count = await ValuesAsync();
            else
                await SkipAsync();
        }

        into.EndRow((long)time, count);
    }

    private async Task<int> ValuesAsync()
    {
        await ExpectAsync(RrdToken.BeginArray);
        var count = 0;
        RrdToken token;
        while ((token = await tokens.NextAsync(cancellation)) == RrdToken.Word)
            into.Set(count++, Number(tokens.Text));
        Expect(RrdToken.EndArray, token);
        return count;
    }

    /// <summary>False at the end of the object.</summary>
    private async ValueTask<bool> NameAsync()
    {
        var token = await tokens.NextAsync(cancellation);
        if (token == RrdToken.EndObject)
            return false;
        Expect(RrdToken.Word, token);
        return true;
    }

    private async ValueTask<double> NumberAsync()
    {
        await ExpectAsync(RrdToken.Word);
        return Number(tokens.Text) is var number && double.IsFinite(number) ? number : throw new InvalidDataException("a number was expected");
    }

    /// <summary>What is no number is not known.</summary>
    internal static double Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out double number, out var length) && length == text.Length ? number : double.NaN;

    private async ValueTask SkipAsync() => await tokens.SkipAsync(await tokens.NextAsync(cancellation), cancellation);

    private async ValueTask ExpectAsync(RrdToken expected) => Expect(expected, await tokens.NextAsync(cancellation));

    private static void Expect(RrdToken expected, RrdToken token)
    {
        if (token == RrdToken.End)
            throw new EndOfStreamException("the answer ended early");
        if (token != expected)
            throw new InvalidDataException($"there is a {token} where a {expected} was expected");
    }
}

using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Metrics;

/// <summary>Reads a host's answer to <c>/rrd_updates</c> while it comes, in JSON of any age or in XML: what was asked for is not what old hosts give.</summary>
internal static class RrdReader
{
    /// <summary>Fails with <see cref="InvalidDataException"/>, <see cref="EndOfStreamException"/> or <see cref="System.Xml.XmlException"/> for what is none.</summary>
    /// <param name="most">The newest so many moments are taken.</param>
    public static async Task<HostFigures> ReadAsync(Stream answer, int most, CancellationToken cancellation)
    {
        var builder = new HostFiguresBuilder();
        var tokens = new RrdTokens(answer);
        if (await tokens.PeekAsync(cancellation) == '<')
            await RrdXml.ReadAsync(new PrefixedStream(tokens.Ahead, answer), builder, cancellation);
        else
            await new RrdJson(tokens, builder, cancellation).ReadAsync();
        return builder.Finish(most);
    }
}

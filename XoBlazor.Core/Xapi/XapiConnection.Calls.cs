using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

public sealed partial class XapiConnection
{
    /// <summary>Makes a call that returns nothing. The session is put before the arguments.</summary>
    public Task CallAsync(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation, TimeSpan? timeout = null) =>
        CallStreamedAsync(method, arguments, Nothing, timeout, cancellation);

    /// <summary>Makes a call and reads its result from one block of JSON (XML-RPC answers are read as the JSON they would have been).</summary>
    public Task<T> CallAsync<T>(
        string method, IReadOnlyList<XapiValue> arguments, XapiResultReader<T> read, CancellationToken cancellation, TimeSpan? timeout = null) =>
        CallStreamedAsync(method, arguments, async (answer, token) => ReadWhole(await answer.ValueAsync(token), read), timeout, cancellation);

    public Task<string> CallTextAsync(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation, TimeSpan? timeout = null) =>
        CallStreamedAsync(method, arguments, WholeText, timeout, cancellation);

    public Task<bool> CallBoolAsync(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation, TimeSpan? timeout = null) =>
        CallAsync(method, arguments, static (ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.True, cancellation, timeout);

    public Task<string[]> CallTextsAsync(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation, TimeSpan? timeout = null) =>
        CallAsync(method, arguments, Texts, cancellation, timeout);

    public Task<Dictionary<string, string>> CallTextMapAsync(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation, TimeSpan? timeout = null) =>
        CallAsync(method, arguments, TextMap, cancellation, timeout);

    /// <summary>The host's numbers are texts in XML-RPC and numbers in JSON.</summary>
    public Task<long> CallNumberAsync(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation, TimeSpan? timeout = null) =>
        CallAsync(method, arguments, static (ref Utf8JsonReader reader) =>
            reader.TokenType != JsonTokenType.String ? reader.GetInt64()
            : long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new JsonException("a number was expected where the host sent another text"), cancellation, timeout);

    public async Task<XenRef<T>> CallRefAsync<T>(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation, TimeSpan? timeout = null)
        where T : XapiObject =>
        await CallTextAsync(method, arguments, cancellation, timeout) is var text && XenRefText.NamesObject(text) ? new(text) : default;

    /// <summary>Starts <c>Async.</c><paramref name="method"/> and returns its task at once; what becomes of it is told by the task's events. Destroy it afterwards.</summary>
    public Task<XenRef<XapiTask>> StartAsync(string method, IReadOnlyList<XapiValue> arguments, CancellationToken cancellation) =>
        CallRefAsync<XapiTask>("Async." + method, arguments, cancellation);

    /// <summary>All objects of one class, decoded while they arrive. <paramref name="old"/> gives the present state of an object, whose unchanged parts are kept.</summary>
    public Task<XapiListing> GetAllRecordsAsync(XapiClass type, DecodeContext context, Func<string, XapiObject?> old, CancellationToken cancellation)
    {
        var codec = XapiCodec.For(type);
        return CallStreamedAsync(codec.WireName + ".get_all_records", [], (answer, token) => new RecordAnswer(context, old).ListingAsync(codec, answer, token), null, cancellation);
    }

    /// <summary>All objects of one class as the host has them now, without what cannot be read of its answer.</summary>
    public async Task<ImmutableArray<T>> GetAllAsync<T>(CancellationToken cancellation) where T : XapiObject =>
        [.. (await GetAllRecordsAsync(ClassOf<T>.Value, new(), static _ => null, cancellation)).Objects.OfType<T>()];

    private async Task<T> CallStreamedAsync<T>(
        string method, IReadOnlyList<XapiValue> arguments, Func<AnswerStream, CancellationToken, ValueTask<T>> read, TimeSpan? timeout, CancellationToken cancellation)
    {
        var patience = timeout ?? _options.CallTimeout;
        await EnterAsync(cancellation);
        try
        {
            var session = await SessionAsync(cancellation);
            try
            {
                return await PostAsync(_calls, method, session, arguments, read, patience, cancellation);
            }
            catch (XapiSessionLostException)
            {
                // The call was refused unheard, so it may be made again.
                Forget(session);
                session = await SessionAsync(cancellation);
            }

            return await PostAsync(_calls, method, session, arguments, read, patience, cancellation);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        try
        {
            await _room.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new XapiConnectionClosedException();
        }
    }

    private static async ValueTask<bool> Nothing(AnswerStream answer, CancellationToken cancellation)
    {
        await answer.ValueAsync(cancellation);
        return true;
    }

    private static async ValueTask<string> WholeText(AnswerStream answer, CancellationToken cancellation) =>
        ReadWhole(await answer.ValueAsync(cancellation), static (ref Utf8JsonReader reader) =>
            reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"a text was expected where the host sent {reader.TokenType}"));

    private static string[] Texts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.GetString() ?? "");
        return [.. texts];
    }

    private static Dictionary<string, string> TextMap(ref Utf8JsonReader reader)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            map[name] = reader.GetString() ?? "";
        }

        return map;
    }

    private static T ReadWhole<T>(ReadOnlyMemory<byte> value, XapiResultReader<T> read)
    {
        var reader = new Utf8JsonReader(value.Span);
        reader.Read();
        return read(ref reader);
    }
}

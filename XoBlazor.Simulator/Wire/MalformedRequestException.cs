namespace XoBlazor.Simulator.Wire;

/// <summary>A body that is no call at all: answered with HTTP 500 and a page that quotes the text, as xapi does.</summary>
internal sealed class MalformedRequestException(string text) : Exception(text);

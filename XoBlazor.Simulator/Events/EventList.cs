using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Events;

/// <summary>The answer of the legacy <c>event.next</c>: events and nothing else.</summary>
internal sealed class EventList(IReadOnlyList<XapiEvent> events)
{
    public XapiValue ToValue() => EventText.ToValue(events);
}

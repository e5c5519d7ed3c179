package dev.tocsin.input.list;

import dev.tocsin.core.event.Address;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * STIX 1 packages with CybOX observables (facts F60): addresses, ranges, names and hashes. GuardDuty's STIX. Nothing outside
 * the text is ever read: a document type is refused.
 */
final class Stix1Format implements ListFormat {

    private static final String COMMA = "##comma##";

    /** Characters of the longest value. Ours: values joined by commas are long. */
    private static final int LONGEST_VALUE = 1024 * 1024;

    private static final XMLInputFactory XML = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    @Override
    public String name() {
        return "STIX";
    }

    @Override
    public boolean fits(Head head) {
        return head.xml() && (head.contains("STIX_Package") || head.contains("<cybox") || head.contains(":Observable"));
    }

    @Override
    public boolean couldBe(Head head) {
        return head.xml();
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(source.stream());
            try {
                walk(xml, out);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            out.reject(
                    line,
                    "broken XML",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static void walk(XMLStreamReader xml, Collector out) throws XMLStreamException {
        String kind = "";
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                out.reject(xml.getLocation().getLineNumber(), "a document type (DOCTYPE) is not allowed", "");
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                String element = xml.getLocalName();
                if (element.equals("Properties")) {
                    kind = String.valueOf(xml.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type"));
                }
                element(element, kind, xml, out);
            }
        }
    }

    private static void element(String element, String kind, XMLStreamReader xml, Collector out)
            throws XMLStreamException {
        boolean named = element.equals("Value")
                && (kind.contains("DomainName") || kind.contains("URI") || kind.contains("Hostname"));
        if (!named && !element.equals("Address_Value") && !element.equals("Simple_Hash_Value")) {
            return;
        }
        long line = xml.getLocation().getLineNumber();
        boolean range = "InclusiveBetween".equals(xml.getAttributeValue(null, "condition"));
        String text = text(xml);
        if (text.length() > LONGEST_VALUE) {
            out.reject(line, "a value of more than " + LONGEST_VALUE + " characters", text);
        } else if (range) {
            range(line, text, out);
        } else {
            for (String value : text.split(COMMA, -1)) {
                out.take(line, value, Details.NONE);
            }
        }
    }

    /** The text of an element without children. */
    private static String text(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw new XMLStreamException("a value holds an element", xml.getLocation());
            }
            if (xml.hasText() && event != XMLStreamConstants.COMMENT && text.length() <= LONGEST_VALUE) {
                text.append(xml.getText());
            }
        }
        return text.toString();
    }

    private static void range(long line, String text, Collector out) {
        String[] ends = text.split(COMMA, -1);
        Address first = Address.parse(ends[0].strip());
        Address last = Address.parse(ends[ends.length - 1].strip());
        if (ends.length != 2 || first == null || last == null || first.isV4() != last.isV4()) {
            out.reject(line, "not a range of addresses", text);
        } else {
            ValueReader.between(line, first, last, Details.NONE, out);
        }
    }
}

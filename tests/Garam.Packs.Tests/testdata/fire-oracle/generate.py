"""Runs the document's Python on seeded records and writes what it says: risk.csv and stream.json beside this file."""

import csv
import json
import os
import random

from document import DiscreteDataProcessor, KinesisDataProcessor, RealTimeAnalyzer

HERE = os.path.dirname(os.path.abspath(__file__))
DEVICES, READINGS = 40, 75
FIELDS = ['status_bits', 'voltage', 'voltage_low', 'current', 'leakage_current', 'resistive_leakage', 'power', 'pcb_temperature',
          'sensor_temperature', 'co_gas', 'voc', 'power_factor', 'arc_count']
SCORES = ['temperature_score', 'electrical_risk_score', 'gas_risk_score', 'total_risk_score', 'temperature_risk', 'total_alarm_count',
          'rule_risk', 'status_risk', 'pattern_risk', 'risk_modifier', 'risk_score', 'risk_confidence', 'risk_level']


class History:
    """Stands for the table of raw data. It gives the newest 20 readings of the hour, oldest first (docs/decisions/0005)."""

    def __init__(self):
        self.items = []
        self.now = 0

    def get_device_history(self, device_id, hours):
        recent = [i for i in self.items if self.now - hours * 3_600_000_000 <= i['time_us'] <= self.now]
        return recent[-20:]


class Stream(KinesisDataProcessor):
    def generate_batch_recommendations(self, device_id, trend_analysis, batch_anomalies):
        return []


def record(random, heat, arcs):
    edge = lambda usual, edges: random.choice(edges) if random.random() < 0.15 else usual
    board = edge(round(random.uniform(20, 45) + heat, 1), [40.0, 40.1, 50.0, 50.1, 60.0, 60.1, -9.5])
    status = 0
    for bit in range(12):
        if random.random() < 0.12:
            status |= 1 << bit
    if random.random() < 0.04:
        status |= random.choice([4096, 8192, 65536])
    volt = edge(round(random.uniform(205, 240), 1), [234.0, 234.1, 0.0, 190.0])
    current = edge(round(random.uniform(0, 130), 2), [100.0, 100.01, 0.1, 0.11, 0.0, 0.2])
    factor = edge(round(random.uniform(0.8, 1.0), 3), [0.9, 0.899])
    watts = volt * current * factor
    return {
        'status_bits': status, 'voltage': volt, 'voltage_low': edge(round(volt - random.uniform(0, 30), 1), [190.0, 189.9]),
        'current': current, 'leakage_current': edge(round(random.uniform(0, 10), 2), [8.0, 8.01]),
        'resistive_leakage': edge(round(random.uniform(0, 9), 2), [8.0, 8.01]),
        'power': random.choice([round(watts / 1000, 3), round(watts, 1), watts * 1.2, watts * 0.79]), 'pcb_temperature': board,
        'sensor_temperature': edge(round(board + random.uniform(-25, 25), 1), [board + 10, board + 20, board - 10.5]),
        'co_gas': edge(round(random.uniform(0, 25), 1), [17.0, 17.1]), 'voc': edge(round(random.uniform(0, 600), 0), [400.0, 400.5]),
        'power_factor': factor, 'arc_count': arcs,
    }


def risk_rows(random):
    processor = DiscreteDataProcessor()
    for device in range(DEVICES):
        history = History()
        analyzer = RealTimeAnalyzer()
        analyzer.dynamo_handler = history
        now = 1_700_000_000_000_000 + device
        slope, sparking = random.uniform(-0.6, 0.9), random.random()
        for n in range(READINGS):
            # Mostly close together; now and then a pause beyond the hour.
            now += random.choice([1_000_000, 5_000_000, 60_000_000, 300_000_000]) if random.random() > 0.03 else 4_000_000_000
            data = record(random, slope * n, random.randint(0, 12) if random.random() < sparking * 0.6 else 0)
            data['device_id'] = 'device-%d' % device
            data['alarm_status'] = processor.parse_status_bits(data['status_bits'])
            data['risk_indicators'] = indicators = processor.calculate_risk_indicators(data)
            history.now = data['time_us'] = now
            history.items.append(data)

            rules, status, patterns = (analyzer.rule_based_analysis(data), analyzer.analyze_status_bits(data['alarm_status']),
                                       analyzer.analyze_sensor_patterns(data))
            context = analyzer.get_historical_context(data['device_id'])
            score = analyzer.calculate_final_risk(rules, context, status, patterns)
            yield [data['device_id'], now, *(data[f] for f in FIELDS),
                   *(indicators[s] for s in SCORES[:5]), data['alarm_status']['total_alarm_count'], rules, status, patterns,
                   context['risk_modifier'], score, analyzer.calculate_confidence(rules, status), analyzer.determine_risk_level(score)]


def stream_cases(random):
    stream = Stream()
    for n in range(120):
        count = random.choice([2, 3, 9, 10, 16, 25, 60, 200])
        period = random.choice([0, 4, 5, 12.5])
        temperatures = [round(35 + (8 * ((t % period) > period / 2) if period else 0) + 0.05 * t * (n % 3) + random.uniform(-1, 1), 2)
                        for t in range(count)]
        arcs = [random.randint(1, 9) if random.random() < (n % 5) * 0.2 else 0 for _ in range(count)]
        risk = [min(1.0, max(0.0, random.choice([0.2, 0.5, 0.75, 0.9]) + random.uniform(-0.05, 0.05))) for _ in range(count)]
        records = [{'risk_score': r, 'prediction_result': {'timestamp': t}} for t, r in enumerate(risk)]
        yield {'temperatures': temperatures, 'arcs': arcs, 'risks': risk, 'trend': stream.calculate_trend(temperatures),
               'velocity': stream.calculate_velocity(temperatures), 'arc_pattern': stream.analyze_arc_pattern(arcs),
               'periodicity': stream.detect_periodicity(temperatures), 'batch': stream.perform_batch_analysis({'d': records}).get('d')}


with open(os.path.join(HERE, 'risk.csv'), 'w', newline='', encoding='utf-8') as file:
    writer = csv.writer(file, lineterminator='\n')
    writer.writerow(['device', 'time_us', *FIELDS, *SCORES])
    writer.writerows(risk_rows(random.Random(20240101)))
with open(os.path.join(HERE, 'stream.json'), 'w', encoding='utf-8') as file:
    json.dump(list(stream_cases(random.Random(20240102))), file, separators=(',', ':'))
    file.write('\n')

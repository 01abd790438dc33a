# The methods of the document whose figures are compared, as they stand there. See README.md.

import logging

import np

logger = logging.getLogger()


class DiscreteDataProcessor:
    def parse_status_bits(self, status):
        """상태 비트 분석 (Discrete 클래스 주석 기반)"""
        # Discrete 클래스의 status 필드 주석:
        # 과전압(1), 정전(2), 과전류(3), 누전(총합)(4), 누전(저항성)(5), 
        # 전력량(6), 기판온도(7), 센서온도(8), CO(9), VOC(10), 역률(11), 아크(12)
        
        alarms = {
            'overvoltage': bool(status & (1 << 0)),        # bit 0
            'power_outage': bool(status & (1 << 1)),       # bit 1  
            'overcurrent': bool(status & (1 << 2)),        # bit 2
            'total_leakage': bool(status & (1 << 3)),      # bit 3
            'resistive_leakage': bool(status & (1 << 4)),  # bit 4
            'power_anomaly': bool(status & (1 << 5)),      # bit 5
            'pcb_temp_alarm': bool(status & (1 << 6)),     # bit 6
            'sensor_temp_alarm': bool(status & (1 << 7)),  # bit 7
            'co_alarm': bool(status & (1 << 8)),           # bit 8
            'voc_alarm': bool(status & (1 << 9)),          # bit 9
            'power_factor_alarm': bool(status & (1 << 10)), # bit 10
            'arc_alarm': bool(status & (1 << 11)),         # bit 11
            'communication_error': status >= 4096          # 통신장애
        }
        
        alarms['total_alarm_count'] = sum(1 for k, v in alarms.items() 
                                        if v and k != 'communication_error')
        return alarms

    def calculate_risk_indicators(self, data):
        """화재 위험 지표 계산"""
        indicators = {}
        
        # 온도 위험도 (Discrete 주석 기준: 60°C)
        max_temp = max(data['pcb_temperature'], data['sensor_temperature'])
        if max_temp > 60:
            indicators['temperature_risk'] = 'CRITICAL'
            temp_score = 1.0
        elif max_temp > 50:
            indicators['temperature_risk'] = 'HIGH'
            temp_score = 0.7
        elif max_temp > 40:
            indicators['temperature_risk'] = 'MEDIUM'
            temp_score = 0.4
        else:
            indicators['temperature_risk'] = 'LOW'
            temp_score = 0.1
        
        # 전기적 위험도
        electrical_risk_score = 0
        if data['alarm_status']['overvoltage']:
            electrical_risk_score += 0.15
        if data['alarm_status']['overcurrent']:
            electrical_risk_score += 0.20  # 고전류(100A 기준)
        if data['alarm_status']['total_leakage']:
            electrical_risk_score += 0.25  # 누전(8mA 기준)
        if data['arc_count'] > 0:
            electrical_risk_score += min(0.3, data['arc_count'] * 0.05)
        
        # 가스 위험도 (Discrete 주석 기준)
        gas_risk_score = 0
        if data['co_gas'] > 17:  # 17ppm 초과
            gas_risk_score += 0.2
        if data['voc'] > 400:    # 400μg/m³ 초과
            gas_risk_score += 0.15
        
        # 종합 위험도 (0-1 스케일)
        total_risk = min(1.0, temp_score * 0.4 + electrical_risk_score + gas_risk_score)
        
        indicators.update({
            'electrical_risk_score': electrical_risk_score,
            'gas_risk_score': gas_risk_score,
            'temperature_score': temp_score,
            'total_risk_score': total_risk
        })
        
        return indicators


class RealTimeAnalyzer:
    def rule_based_analysis(self, data):
        """규칙 기반 위험도 분석 (Discrete 필드 기반)"""
        risk_score = 0
        
        # 온도 기반 위험도 (Discrete 주석: 60°C 기준)
        max_temp = max(data['pcb_temperature'], data['sensor_temperature'])
        if max_temp > 60:
            risk_score += 0.4
        elif max_temp > 50:
            risk_score += 0.3
        elif max_temp > 40:
            risk_score += 0.1
        
        # 전압 이상 (Discrete 주석: 234V 이상 고전압, 190V 이하 저전압)
        if data['voltage'] > 234 or data['voltage_low'] < 190:
            risk_score += 0.15
        
        # 전류 이상 (Discrete 주석: 100A 기준)
        if data['current'] > 100:
            risk_score += 0.2
        
        # 누전 (Discrete 주석: 8mA 기준)
        if data['leakage_current'] > 8 or data['resistive_leakage'] > 8:
            risk_score += 0.25
        
        # 아크 발생
        if data['arc_count'] > 0:
            risk_score += min(0.2, data['arc_count'] * 0.02)
        
        # 가스 농도 (Discrete 주석 기준)
        if data['co_gas'] > 17:  # 17ppm
            risk_score += 0.15
        if data['voc'] > 400:    # 400μg/m³
            risk_score += 0.1
        
        # 역률 이상 (Discrete 주석: 90% 기준)
        if data['power_factor'] < 0.9:
            risk_score += 0.05
        
        return min(1.0, risk_score)

    def analyze_status_bits(self, alarm_status):
        """상태 비트 기반 위험도 분석"""
        risk_score = 0
        
        # 각 알람별 가중치
        alarm_weights = {
            'overvoltage': 0.1,
            'power_outage': 0.15,
            'overcurrent': 0.2,
            'total_leakage': 0.25,
            'resistive_leakage': 0.2,
            'power_anomaly': 0.1,
            'pcb_temp_alarm': 0.3,
            'sensor_temp_alarm': 0.3,
            'co_alarm': 0.2,
            'voc_alarm': 0.15,
            'power_factor_alarm': 0.05,
            'arc_alarm': 0.25
        }
        
        for alarm, weight in alarm_weights.items():
            if alarm_status.get(alarm, False):
                risk_score += weight
        
        # 다중 알람 발생 시 추가 가중치
        if alarm_status['total_alarm_count'] > 2:
            risk_score += 0.1 * (alarm_status['total_alarm_count'] - 2)
        
        # 통신 오류 처리
        if alarm_status.get('communication_error', False):
            return 0.8  # 통신 오류는 별도 처리
        
        return min(1.0, risk_score)

    def analyze_sensor_patterns(self, data):
        """센서 데이터 패턴 분석"""
        pattern_risk = 0
        
        # 온도 불균형 (PCB와 센서 온도 차이)
        temp_diff = abs(data['pcb_temperature'] - data['sensor_temperature'])
        if temp_diff > 20:
            pattern_risk += 0.15
        elif temp_diff > 10:
            pattern_risk += 0.05
        
        # 전력 계산 및 이상 탐지
        calculated_power = data['voltage'] * data['current'] * data['power_factor']
        if abs(calculated_power - data['power']) > calculated_power * 0.2:
            pattern_risk += 0.1
        
        # 저항 계산 (옴의 법칙)
        if data['current'] > 0.1:  # 전류가 있을 때만
            resistance = data['voltage'] / data['current']
            if resistance < 1 or resistance > 1000:  # 비정상적인 저항값
                pattern_risk += 0.1
        
        return min(1.0, pattern_risk)

    def get_historical_context(self, device_id):
        """디바이스 이력 컨텍스트 분석"""
        try:
            # 최근 1시간 데이터 조회
            recent_data = self.dynamo_handler.get_device_history(device_id, hours=1)
            
            if len(recent_data) < 5:
                return {'trend': 'INSUFFICIENT_DATA', 'risk_modifier': 1.0}
            
            # 위험도 트렌드 분석
            risk_scores = []
            temperatures = []
            arc_counts = []
            
            for item in recent_data[:20]:  # 최근 20개 데이터
                if 'risk_indicators' in item:
                    risk_scores.append(float(item['risk_indicators']['total_risk_score']))
                temperatures.append(float(item['pcb_temperature']))
                arc_counts.append(int(item['arc_count']))
            
            context = {
                'recent_data_count': len(recent_data),
                'avg_temperature': np.mean(temperatures),
                'temp_trend': self.calculate_trend(temperatures),
                'total_arcs_hour': sum(arc_counts),
                'avg_risk_score': np.mean(risk_scores) if risk_scores else 0.5
            }
            
            # 위험도 수정자 계산
            risk_modifier = 1.0
            if context['temp_trend'] > 0.1:  # 온도 상승 트렌드
                risk_modifier += 0.2
            if context['total_arcs_hour'] > 10:  # 아크 빈발
                risk_modifier += 0.3
            if context['avg_risk_score'] > 0.6:  # 지속적 고위험
                risk_modifier += 0.1
            
            context['risk_modifier'] = min(2.0, risk_modifier)
            
            return context
            
        except Exception as e:
            logger.error(f"Historical context analysis error: {e}")
            return {'trend': 'ERROR', 'risk_modifier': 1.0}

    def calculate_trend(self, values):
        """선형 트렌드 계산"""
        if len(values) < 3:
            return 0
        
        # 단순 선형 회귀로 기울기 계산
        n = len(values)
        x = np.arange(n)
        
        slope = np.polyfit(x, values, 1)[0]
        return slope

    def calculate_final_risk(self, rule_risk, historical_context, status_risk, pattern_risk):
        """종합 위험도 계산"""
        # 기본 가중 평균
        base_risk = (
            rule_risk * 0.4 +
            status_risk * 0.3 +
            pattern_risk * 0.3
        )
        
        # 이력 컨텍스트 적용
        risk_modifier = historical_context.get('risk_modifier', 1.0)
        final_risk = base_risk * risk_modifier
        
        return min(1.0, final_risk)

    def determine_risk_level(self, risk_score):
        """위험 수준 결정"""
        if risk_score >= 0.8:
            return 'CRITICAL'
        elif risk_score >= 0.6:
            return 'HIGH'
        elif risk_score >= 0.4:
            return 'MEDIUM'
        elif risk_score >= 0.2:
            return 'LOW'
        else:
            return 'NORMAL'

    def calculate_confidence(self, rule_risk, status_risk):
        """예측 신뢰도 계산"""
        # 규칙 기반과 상태 기반 위험도의 일치도
        diff = abs(rule_risk - status_risk)
        confidence = 1.0 - (diff * 0.5)
        return max(0.5, min(1.0, confidence))


class KinesisDataProcessor:
    def perform_batch_analysis(self, device_aggregations):
        """배치 분석 수행"""
        batch_results = {}
        
        for device_id, records in device_aggregations.items():
            if len(records) < 2:
                continue
            
            # 배치 내 트렌드 분석
            risk_scores = [r['risk_score'] for r in records]
            trend_analysis = {
                'risk_trend': self.calculate_trend(risk_scores),
                'risk_volatility': np.std(risk_scores),
                'max_risk': max(risk_scores),
                'min_risk': min(risk_scores),
                'avg_risk': np.mean(risk_scores)
            }
            
            # 배치 내 이상치 탐지
            batch_anomalies = self.detect_batch_anomalies(records)
            
            # 배치 추천사항
            recommendations = self.generate_batch_recommendations(
                device_id, 
                trend_analysis, 
                batch_anomalies
            )
            
            batch_results[device_id] = {
                'trend_analysis': trend_analysis,
                'batch_anomalies': batch_anomalies,
                'recommendations': recommendations,
                'record_count': len(records)
            }
        
        return batch_results

    def detect_batch_anomalies(self, records):
        """배치 내 이상치 탐지"""
        anomalies = []
        
        # 급격한 위험도 변화 탐지
        risk_scores = [r['risk_score'] for r in records]
        for i in range(1, len(risk_scores)):
            risk_change = abs(risk_scores[i] - risk_scores[i-1])
            if risk_change > 0.3:  # 30% 이상 급변
                anomalies.append({
                    'type': 'RAPID_RISK_CHANGE',
                    'change': risk_change,
                    'timestamp': records[i]['prediction_result']['timestamp']
                })
        
        # 지속적인 고위험 상태
        high_risk_streak = 0
        for record in records:
            if record['risk_score'] > 0.7:
                high_risk_streak += 1
            else:
                high_risk_streak = 0
        
        if high_risk_streak >= 3:
            anomalies.append({
                'type': 'SUSTAINED_HIGH_RISK',
                'streak_length': high_risk_streak
            })
        
        return anomalies

    def calculate_trend(self, values):
        """선형 트렌드 계산"""
        if len(values) < 3:
            return 0
        
        n = len(values)
        x = np.arange(n)
        slope = np.polyfit(x, values, 1)[0]
        return slope

    def calculate_velocity(self, values):
        """변화 속도 계산 (1차 미분)"""
        if len(values) < 2:
            return 0
        
        velocities = np.diff(values)
        return np.mean(velocities)

    def analyze_arc_pattern(self, arc_counts):
        """아크 발생 패턴 분석"""
        total_arcs = sum(arc_counts)
        non_zero_count = sum(1 for count in arc_counts if count > 0)
        
        if total_arcs == 0:
            return {'pattern': 'NO_ARCS', 'frequency': 0}
        
        frequency = non_zero_count / len(arc_counts)
        
        if frequency > 0.5:
            pattern = 'FREQUENT'
        elif frequency > 0.2:
            pattern = 'MODERATE'
        else:
            pattern = 'SPORADIC'
        
        return {
            'pattern': pattern,
            'frequency': frequency,
            'total_arcs': total_arcs,
            'max_single_event': max(arc_counts)
        }

    def detect_periodicity(self, values):
        """주기성 탐지 (FFT 기반)"""
        if len(values) < 10:
            return {'periodic': False}
        
        try:
            # FFT 계산
            fft_values = np.fft.fft(values)
            frequencies = np.fft.fftfreq(len(values))
            
            # 주요 주파수 성분 찾기
            magnitudes = np.abs(fft_values)
            dominant_freq_idx = np.argmax(magnitudes[1:]) + 1  # DC 성분 제외
            
            dominant_frequency = frequencies[dominant_freq_idx]
            period = 1 / abs(dominant_frequency) if dominant_frequency != 0 else None
            
            return {
                'periodic': magnitudes[dominant_freq_idx] > np.mean(magnitudes) * 2,
                'period': period,
                'dominant_frequency': dominant_frequency
            }
            
        except Exception as e:
            logger.error(f"Periodicity detection error: {e}")
            return {'periodic': False}
